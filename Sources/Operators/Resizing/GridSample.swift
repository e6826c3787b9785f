import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input sampled at positions of the second input: `Y[n, c, p] = X[n, c] at grid[n, p]`, whose last axis holds the
/// coordinates, innermost first, from -1 to 1.
///
/// The attribute `mode` interpolates linearly, takes the nearest element, or uses cubic convolution; `padding_mode`
/// gives zeros outside of X, its border, or its mirror image; `align_corners` puts -1 and 1 on the centres of the
/// corner elements rather than on their outer edges.
package struct GridSample: Operator {
  /// The ways to interpolate.
  package enum Mode: Hashable, Sendable {
    case linear, nearest, cubic
  }

  /// The elements outside of the input.
  package enum Padding: String, Hashable, Sendable {
    case zeros, border, reflection
  }

  /// `GridSample`.
  package static let name: OperatorName = "GridSample"

  /// The channels are along axis 1.
  package static func channelReading(_ node: Node) -> ChannelReading { .secondAxis }

  /// The shape of X.
  package let source: Shape
  /// The batch and channels of X with the positions of the grid.
  package let outputs: [TensorType]
  /// The way to interpolate.
  package let mode: Mode
  /// The elements outside of X.
  package let padding: Padding
  /// Whether -1 and 1 are the centres of the corner elements.
  package let alignsCorners: Bool

  /// Reads the modes; the grid must have one coordinate for each spatial axis.
  package init(_ call: Invocation) throws(EspalierError) {
    source = try call.floatInput(0).shape
    let grid = try call.floatInput(1).shape
    guard source.rank >= 3, grid.rank == source.rank, grid[0] == source[0], grid.last == source.rank - 2,
      !source.dropFirst(2).contains(0)
    else { throw call.error("cannot sample \(source) at a grid of \(grid)") }
    let modes: [String: Mode] = [
      "linear": .linear, "bilinear": .linear, "nearest": .nearest, "cubic": .cubic, "bicubic": .cubic,
    ]
    let name = try call.string("mode", default: "linear")
    guard let mode = modes[name] else { throw call.unsupported("does not know the mode \"\(name)\"") }
    let beyond = try call.string("padding_mode", default: "zeros")
    guard let padding = Padding(rawValue: beyond) else {
      throw call.unsupported("does not know the padding mode \"\(beyond)\"")
    }
    (self.mode, self.padding) = (mode, padding)
    alignsCorners = try call.flag("align_corners")
    outputs = [TensorType(Shape(source.prefix(2) + grid.sizes.dropFirst().dropLast()))]
  }

  /// Batch and channels are tied to those of the output, the positions of the grid to its positions; the spatial axes
  /// of X are frozen.
  package var axes: AxisRule? {
    let last = source.rank - 1
    var rule = AxisRule.identity(rank: 2)
    rule.ties.append(AxisTie(PortAxis(.input(1), 0), PortAxis(.output(0), 0)))
    rule.ties += (1..<last).map { AxisTie(PortAxis(.input(1), $0), PortAxis(.output(0), $0 + 1)) }
    rule.frozen =
      (2...last).map { FrozenAxis(PortAxis(.input(0), $0), "samples it") }
      + [FrozenAxis(PortAxis(.input(1), last), "holds coordinates")]
    return rule
  }
}
