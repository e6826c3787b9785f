import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// ONNX Runtime's convolution with an addition and an activation behind it: `Y = activation(conv(X, W, B) + Z)`, with
/// the attributes of ``Conv``, `activation` and `activation_params`; B and Z may be left out.
package struct MicrosoftFusedConv: CompositeOperator {
  /// `com.microsoft::FusedConv`.
  package static let name: OperatorName = .microsoft("FusedConv")

  /// W and B.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The convolution, the addition and the activation.
  package let body: Body
  private let convolution: Conv
  private let hasAddend: Bool

  /// Reads the convolution and the activation.
  package init(_ call: Invocation) throws(EspalierError) {
    convolution = try Conv(call)
    hasAddend = call.has(input: 3)
    let activation = try Self.activation(call)
    let attributes = call.node.attributes.filter { !$0.key.hasPrefix("activation") }
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let inputs = [try body.required(0), try body.required(1)] + (body.input(2).map { [$0] } ?? [])
      var value = body.add(Conv.name, inputs, attributes)
      if let addend = body.input(3) { value = body.add(Add.name, [value, addend]) }
      if let activation {
        let bounds = activation.bounds.map { body.store(Tensor(scalar: $0)) }
        value = body.add(activation.op, [value] + bounds, activation.attributes)
      }
      body.finish([value])
    }
  }

  /// An activation as a node: its operator, attributes and, for a clip, bounds.
  private struct Activation {
    var op: OperatorName
    var attributes: OrderedDictionary<String, Attribute> = [:]
    var bounds: [Float] = []
  }

  private static func activation(_ call: Invocation) throws(EspalierError) -> Activation? {
    let parameters = try call.floats("activation_params") ?? []
    func parameter(_ position: Int, _ standard: Float) -> Float {
      parameters.indices.contains(position) ? parameters[position] : standard
    }
    switch try call.string("activation", default: "") {
    case "": return nil
    case "Relu": return Activation(op: Relu.name)
    case "Tanh": return Activation(op: Tanh.name)
    case "Sigmoid": return Activation(op: Sigmoid.name)
    case "LeakyRelu": return Activation(op: LeakyRelu.name, attributes: ["alpha": .float(parameter(0, 0.01))])
    case "HardSigmoid":
      return Activation(
        op: HardSigmoid.name, attributes: ["alpha": .float(parameter(0, 0.2)), "beta": .float(parameter(1, 0.5))])
    case "Clip": return Activation(op: Clip.name, bounds: [parameter(0, -.infinity), parameter(1, .infinity)])
    case let other: throw call.error("its activation \"\(other)\" is unknown")
    }
  }

  /// The rule of the convolution, whose outputs go with the channels of Z; the sum with Z is a branch. Input channels
  /// are frozen, because the convolution's own output, by which they are chosen, does not show.
  package var axes: AxisRule? {
    guard var rule = convolution.axes else { return nil }
    if hasAddend {
      rule.ties += outputs[0].shape.indices.map { AxisTie(PortAxis(.input(3), $0), PortAxis(.output(0), $0)) }
      rule.couplesBranches = true
    }
    if !convolution.geometry.isDepthwise {
      rule.frozen.append(FrozenAxis(PortAxis(.input(0), 1), "shows only what its activation makes of its products"))
    }
    return rule
  }

  /// Adapts the number of groups of a depthwise convolution to that of its channels.
  package func resize(_ resizing: inout NodeResizing) { convolution.resize(&resizing) }
}
