import Graph
import Tensors

/// The patches that a sliding window sees, one a row: from n x channels x spatial to (n x output positions) x (channels x taps).
///
/// With it a convolution is a matrix product. Used by statistics; the window is in the attributes `kernel`, `strides`,
/// `dilations`, `padsBefore` and `padsAfter`.
public enum Unfold: Operator {
  /// `espalier::Unfold`.
  public static let name: OperatorName = .own("Unfold")

  /// The window as attributes.
  public static func attributes(_ window: SlidingWindow) -> [(String, Attribute)] {
    [
      ("kernel", window.kernel), ("strides", window.strides), ("dilations", window.dilations),
      ("padsBefore", window.padsBefore), ("padsAfter", window.padsAfter),
    ].map { ($0.0, .ints($0.1.map(Int64.init))) }
  }

  private static func window(_ invocation: Invocation) throws -> SlidingWindow {
    func values(_ name: String) throws -> [Int] { try invocation.ints(name) ?? [] }
    return SlidingWindow(
      kernel: try values("kernel"), strides: try values("strides"), dilations: try values("dilations"),
      padsBefore: try values("padsBefore"), padsAfter: try values("padsAfter"))
  }

  /// Rows and columns.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try invocation.floatInput(0).shape
    let window = try window(invocation)
    guard shape.rank == window.kernel.count + 2 else { throw invocation.error("cannot unfold \(shape)") }
    let output = window.outputSizes(Array(shape.dropFirst(2)))
    return [TensorType([shape[0] * output.reduce(1, *), shape[1] * window.tapCount])]
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.floatInput(0).shape
    let spatial = Array(shape.dropFirst(2))
    let positions = try window(invocation).positions(spatial)
    // -1 stands for the padding: one comparison in the loop.
    let places = positions.map { $0.map { $0 ?? -1 } }
    let (samples, channels, size) = (shape[0], shape[1], spatial.reduce(1, *))
    let (taps, outputs) = (places.count, places.first?.count ?? 0)
    return FunctionKernel { operands in
      let source = operands.inputs[0]!.floats.baseAddress!
      let target = operands.outputs[0].floats.baseAddress!
      for sample in 0..<samples {
        for channel in 0..<channels {
          let map = source + (sample * channels + channel) * size
          for tap in 0..<taps {
            var row = target + sample * outputs * channels * taps + channel * taps + tap
            for place in places[tap] {
              row.pointee = place < 0 ? 0 : map[place]
              row += channels * taps
            }
          }
        }
      }
    }
  }
}
