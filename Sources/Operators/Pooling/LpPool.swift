import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The norm of each window: `Y[n, c, p] = (sum over t of |X[n, c, p stride - pad + t dilation]|^p)^(1/p)`, with `p` 2
/// by default.
package struct LpPool: CompositeOperator {
  /// `LpPool`.
  package static let name: OperatorName = "LpPool"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// Powers, a depthwise convolution by ones, and roots.
  package let body: Body
  private let geometry: PoolingGeometry

  /// Reads the windows and `p`.
  package init(_ call: Invocation) throws(EspalierError) {
    let geometry = try PoolingGeometry(call, over: try call.floatInput(0).shape)
    body = try Body.norm(call) { body, powers in body.sumOfWindows(powers, geometry) }
    self.geometry = geometry
  }

  /// Batch and channels are tied to those of the output; the axes that windows slide over are frozen.
  package var axes: AxisRule? {
    var rule = AxisRule.windows(geometry.windows, from: .input(0), to: .output(0))
    rule.ties += AxisRule.identity(rank: 2).ties
    return rule
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}

extension Body {
  /// `(sum of |X|^p)^(1/p)` of the first input, with the attribute `p`, 2 by default; `sum` adds the sums of the
  /// powers.
  static func norm(
    _ call: Invocation, sum: (inout BodyBuilder, _ powers: String) -> String
  ) throws(EspalierError) -> Body {
    let order = Float(try call.int("p", default: 2))
    guard order > 0 else { throw call.error("its p is \(order), not a positive number") }
    return try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      let magnitude = body.add(Absolute.name, [try body.required(0)])
      let powers = body.add(Power.name, [magnitude, body.store(Tensor(scalar: order))])
      let sums = sum(&body, powers)
      body.finish([body.add(Power.name, [sums, body.store(Tensor(scalar: 1 / order))])])
    }
  }
}

extension BodyBuilder {
  /// The sum of each window of each channel of `value`.
  fileprivate mutating func sumOfWindows(_ value: String, _ geometry: PoolingGeometry) -> String {
    let axes = geometry.windows.axes
    let channels = geometry.source[1]
    let weights = Tensor(repeating: Float(1), shape: Shape([channels, 1] + axes.map(\.kernel)))
    // As much padding behind the input as the last window covers.
    let after = axes.map { max(0, ($0.count - 1) * $0.stride + $0.reach - $0.size - $0.before) }
    return add(
      Conv.name, [value, store(weights)],
      [
        "group": .int(Int64(channels)), "strides": .ints(axes.map { Int64($0.stride) }),
        "dilations": .ints(axes.map { Int64($0.dilation) }),
        "pads": .ints((axes.map(\.before) + after).map(Int64.init)),
      ])
  }
}
