import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Numbers quantised to uint8 by their own range, 0 included: `scale = (max - min) / 255`, `zero point = round(-min /
/// scale)`. The outputs are the whole numbers, the scale and the zero point.
package struct DynamicQuantizeLinear: CompositeOperator {
  /// `DynamicQuantizeLinear`.
  package static let name: OperatorName = "DynamicQuantizeLinear"

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The extrema, scale, zero point and whole numbers.
  package let body: Body
  private let rank: Int

  /// Builds the body.
  package init(_ call: Invocation) throws(EspalierError) {
    rank = try call.floatInput(0).shape.rank
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let x = try body.required(0)
      let (zero, one) = (body.store(Tensor(scalar: Float(0))), body.store(Tensor(scalar: Float(1))))
      let high = body.add(Maximum.name, [body.add(ReduceMax.name, [x], ["keepdims": .int(0)]), zero])
      let low = body.add(Minimum.name, [body.add(ReduceMin.name, [x], ["keepdims": .int(0)]), zero])
      let range = body.add(Subtract.name, [high, low])
      let steps = body.add(Divide.name, [range, body.store(Tensor(scalar: Float(255)))])
      let scale = body.add(Where.name, [body.add(Equal.name, [range, zero]), one, steps])
      let offset = body.add(Divide.name, [body.add(Negate.name, [low]), scale])
      let zeroPoint = body.add(QuantizeLinear.name, [offset, one, body.store(Tensor(scalar: UInt8(0)))])
      body.finish([body.add(QuantizeLinear.name, [x, scale, zeroPoint]), scale, zeroPoint])
    }
  }

  /// Every axis is tied to the same axis of the output. The range includes 0, so elements that are all 0 may go without
  /// changing it.
  package var axes: AxisRule? { .identity(rank: rank) }
}
