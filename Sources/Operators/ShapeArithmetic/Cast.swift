import EspalierFiles
import EspalierGraph
import EspalierTensors

extension Invocation {
  /// Rejects an element type that cannot be converted to or from another.
  func checkCastable(_ type: ElementType) throws(EspalierError) {
    if type != .bool, !type.isStorageOnly { try checkNumeric(type) }
  }
}

/// The elements converted to the type of the attribute `to`: floating point numbers are rounded towards 0, whole
/// numbers keep their low bits, and a number converts to the truth value of whether it differs from 0.
///
/// Floating point numbers outside of the range of whole numbers are clamped to it, and not-a-number becomes 0. A number
/// of half precision is rounded to it, and remains in single precision.
package struct Cast: CastingOperator {
  /// `Cast`.
  package static let name: OperatorName = "Cast"

  /// The types, by their numbers in ONNX.
  private static let types: [Int: ElementType] = [
    1: .float32, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16, 6: .int32, 7: .int64, 9: .bool,
    11: .float64,
    10: .float16, 12: .uint32, 13: .uint64, 16: .bfloat16, 17: .float8e4m3fn, 18: .float8e4m3fnuz,
    19: .float8e5m2,
    20: .float8e5m2fnuz, 21: .uint4, 22: .int4, 23: .float4e2m1,
  ]

  /// The type that ONNX gives the number `code`; one of half precision is single precision, rounded to it.
  static func type(_ code: Int) -> (target: ElementType, rounding: ElementType?)? {
    types[code].map { $0.isHalfPrecision ? (.float32, $0) : ($0, nil) }
  }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The type of the input.
  package let input: TensorType
  /// The type of the output's elements.
  package let target: ElementType
  /// The type of half precision to which numbers are rounded, if any.
  package let rounding: ElementType?
  /// Whether numbers beyond the range of a floating point type of eight bits become its largest.
  package let saturates: Bool

  /// Reads `to` and `saturate`.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.input(0)
    let code = try call.int("to", default: 0)
    guard let type = Self.type(code) else {
      throw call.unsupported("cannot cast to the type that ONNX gives the number \(code)")
    }
    (target, rounding) = type
    saturates = try call.flag("saturate", default: true)
    try call.checkCastable(input.elementType)
  }
}
