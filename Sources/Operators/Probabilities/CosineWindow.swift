import EspalierFiles
import EspalierGraph
import EspalierTensors
import Foundation

/// A window of signal processing: a sum of cosines over as many elements as the input, one number, states. Known before
/// the network runs. The attribute `periodic` (1 by default) gives a window whose period is its length.
package protocol CosineWindow: Operator {
  /// The factors of `cos(2 pi k i / length)`, for k = 0, 1, ...
  static var factors: [Double] { get }

  /// The elements.
  var window: Tensor { get }
}

extension CosineWindow {
  /// The length.
  package static var inputsKnownBeforehand: [Int] { [0] }

  /// A vector.
  package var outputs: [TensorType] { [TensorType(of: window)] }

  /// The elements.
  package var known: [Tensor]? { [window] }

  /// The vector is frozen.
  package var axes: AxisRule? { .statesElements }

  /// The elements that a node asks for.
  fileprivate static func window(_ call: Invocation) throws(EspalierError) -> Tensor {
    guard let size = try call.knownInput(0).integers()?.first, (0...1 << 24).contains(size) else {
      throw call.error("does not say how long")
    }
    let isPeriodic = try call.flag("periodic", default: true)
    let period = Double(max(isPeriodic ? size : size - 1, 1))
    let values = (0..<size).map { i in
      factors.enumerated().reduce(0) { $0 + $1.element * cos(2 * .pi * Double($1.offset * i) / period) }
    }
    let code = try call.int("output_datatype", default: 1)
    guard let type = Cast.type(code)?.target else {
      throw call.error("cannot give the type that ONNX gives the number \(code)")
    }
    switch type {
    case .float32: return Tensor(shape: [size], values.map { Float($0) })
    case .float64: return Tensor(shape: [size], values)
    default: throw call.error("gives fractions, which \(type) cannot hold")
    }
  }
}

/// Hann's window, `sin(pi i / length)^2`.
package struct HannWindow: CosineWindow {
  /// `HannWindow`.
  package static let name: OperatorName = "HannWindow"
  /// `(1 - cos) / 2`.
  package static var factors: [Double] { [0.5, -0.5] }
  /// The elements.
  package let window: Tensor

  /// Computes the elements.
  package init(_ call: Invocation) throws(EspalierError) { window = try Self.window(call) }
}

/// Hamming's window, `25/46 - 21/46 cos(2 pi i / length)`.
package struct HammingWindow: CosineWindow {
  /// `HammingWindow`.
  package static let name: OperatorName = "HammingWindow"
  /// A raised cosine.
  package static var factors: [Double] { [25.0 / 46, -21.0 / 46] }
  /// The elements.
  package let window: Tensor

  /// Computes the elements.
  package init(_ call: Invocation) throws(EspalierError) { window = try Self.window(call) }
}

/// Blackman's window, `0.42 - 0.5 cos(2 pi i / length) + 0.08 cos(4 pi i / length)`.
package struct BlackmanWindow: CosineWindow {
  /// `BlackmanWindow`.
  package static let name: OperatorName = "BlackmanWindow"
  /// Two cosines.
  package static var factors: [Double] { [0.42, -0.5, 0.08] }
  /// The elements.
  package let window: Tensor

  /// Computes the elements.
  package init(_ call: Invocation) throws(EspalierError) { window = try Self.window(call) }
}
