import EspalierFiles
import EspalierGraph
import EspalierTensors

/// ONNX Runtime's embeddings of BERT: `Y = LayerNormalization(word[ids] + position[places] + segment[types])`.
///
/// Inputs: ids `B x S`, types, the three tables (rows of D), gamma, beta, a mask and the places; types, the segment
/// table, mask and places are optional. Outputs: Y, the number of positions in each sample's mask, and the sum of
/// embeddings.
package struct EmbedLayerNormalization: CompositeOperator {
  /// `com.microsoft::EmbedLayerNormalization`.
  package static let name: OperatorName = .microsoft("EmbedLayerNormalization")

  /// The tables, gamma and beta.
  package static var parameterInputs: ParameterInputs { .at(2..<7) }

  /// Three look-ups, their sum, its normalisation, and the count of masked positions.
  package let body: Body
  /// The shapes of the inputs; `nil` for an omitted one.
  private let inputs: [Shape?]
  /// The requested outputs after the first.
  private let further: [Int]

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in try Self.write(call, to: &body) }
    inputs = (0..<9).map { call.has(input: $0) ? call.inputs[$0]?.shape : nil }
    further = [1, 2].filter(call.has(output:))
  }

  private static func write(_ call: Invocation, to body: inout BodyBuilder) throws(EspalierError) {
    let ids = try call.input(0).shape
    guard ids.rank == 2 else { throw call.error("has identifiers of shape \(ids), not samples x places") }
    let (batch, length) = (ids[0], ids[1])
    var sum = body.add(Gather.name, [try body.required(2), try body.required(0)])
    let places = body.input(8) ?? body.store(Tensor(shape: [1, length], (0..<length).map(Int64.init)))
    sum = body.add(Add.name, [sum, body.add(Gather.name, [try body.required(3), places])])
    if let types = body.input(1), let table = body.input(4) {
      sum = body.add(Add.name, [sum, body.add(Gather.name, [table, types])])
    }
    let normalized = body.add(
      LayerNormalization.name, [sum, try body.required(5), try body.required(6)],
      ["epsilon": .float(try call.float("epsilon", default: 1e-12))])
    let count: String
    if let mask = body.input(7) {
      let numbers = body.add(SumToShape.name, [body.floats(mask)], ["shape": .ints([Int64(batch), 1])])
      count = body.add(Cast.name, [body.reshape(numbers, to: [batch])], ["to": .int(6)])
    } else {
      count = body.store(Tensor(repeating: Int32(0), shape: [batch]))
    }
    body.finish([normalized, count, sum])
  }

  /// The axis of samples is tied to that of the result unless there is a mask or a places input. The last axes of all
  /// tables are tied to that of the result, which is normalised; all others are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule()
    let ids = [0, 1].filter { inputs[$0] != nil }.map { Port.input($0) }
    rule.addSamples(ids, to: .output(0), areMasked: inputs[7] != nil || inputs[8] != nil)
    rule.frozen += (ids + [.output(0)]).map { FrozenAxis(PortAxis($0, 1), "counts its places") }
    for position in [7, 8] {
      rule.frozen += (inputs[position] ?? []).indices.map {
        FrozenAxis(PortAxis(.input(position), $0), "counts its places")
      }
    }
    for output in further {
      rule.frozen += outputs[output].shape.indices.map {
        FrozenAxis(PortAxis(.output(output), $0), "gives it away as well")
      }
    }
    rule.normalized = [PortAxis(.output(0), 2)]
    for position in [2, 3, 4] where inputs[position] != nil {
      rule.ties.append(AxisTie(PortAxis(.input(position), 1), PortAxis(.output(0), 2)))
      rule.frozen.append(FrozenAxis(PortAxis(.input(position), 0), "picks from it"))
    }
    rule.ties += [5, 6].map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 2)) }
    return rule
  }
}
