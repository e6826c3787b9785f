import Graph
import Tensors

/// What sliding windows see, one window a row: from n x channels x spatial to (n x windows) x (channels x taps).
///
/// With it a convolution is a matrix product. Used by statistics; its attributes are those of a convolution.
public enum Unfold: Operator {
  /// `espalier::Unfold`.
  public static let name: OperatorName = .own("Unfold")

  /// The attributes with which a node sees what `windows` see.
  package static func attributes(_ windows: Windows) -> [(String, Attribute)] {
    let axes = windows.axes
    return [
      ("kernel_shape", axes.map(\.kernel)), ("strides", axes.map(\.stride)), ("dilations", axes.map(\.dilation)),
      ("pads", axes.map(\.before) + axes.map(\.after)),
    ].map { ($0.0, .ints($0.1.map(Int64.init))) }
  }

  private static func windows(_ invocation: Invocation) throws -> Windows {
    let shape = try invocation.floatInput(0).shape
    let kernel = try invocation.ints("kernel_shape") ?? []
    guard shape.rank == kernel.count + 2 else { throw invocation.error("cannot unfold \(shape)") }
    return try Windows(invocation, over: Array(shape.dropFirst(2)), kernel: kernel)
  }

  /// Rows and columns.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let shape = try invocation.floatInput(0).shape
    let windows = try windows(invocation)
    return [TensorType([shape[0] * windows.outputCount, shape[1] * windows.kernelCount])]
  }

  /// One pass over the output.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let shape = try invocation.floatInput(0).shape
    let windows = try windows(invocation)
    // -1 stands for the padding: one comparison in the loop.
    let places = windows.positions.map { $0.map { $0 ?? -1 } }
    let (samples, channels, size) = (shape[0], shape[1], windows.inputCount)
    let (taps, outputs) = (windows.kernelCount, windows.outputCount)
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
