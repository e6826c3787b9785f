import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Numbers as multiples of a scale: `Y = clamp(round(X / scale) + zero point)` in whole numbers, rounded to even where
/// two are equally near and clamped to the range of their type; `Y = X / scale + zero point`, converted, in a floating
/// point type of at most eight bits.
package struct QuantizeLinear: Operator {
  /// `QuantizeLinear`.
  package static let name: OperatorName = "QuantizeLinear"

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The places of scales and zero points.
  package let scales: QuantizationScales
  /// The type of the multiples.
  package let target: ElementType
  /// Whether numbers beyond the range of a floating point type become its largest.
  package let saturates: Bool

  /// Reads the scales; the type is that of the zero points, or of the attribute `output_dtype`, uint8 by default.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard input.elementType == .float32 || input.elementType == .int32 else {
      throw call.unsupported(
        "quantises numbers of \(input.elementType)", remedy: "only float32 and int32 are supported")
    }
    scales = try QuantizationScales(call)
    let code = try call.int("output_dtype", default: 0)
    let stated = code == 0 ? .uint8 : Cast.type(code)?.target
    let type = call.has(input: 2) ? try call.input(2).elementType : stated
    guard let type, [.uint8, .int8, .uint16, .int16].contains(type) || type.isStorageOnly else {
      throw call.unsupported("quantises to a type that is not supported")
    }
    target = type
    saturates = try call.flag("saturate", default: true)
  }

  /// The input's shape.
  package var outputs: [TensorType] { [TensorType(scales.shape, target)] }

  /// Every axis is tied to the same axis of the output, and scales along an axis go with its elements.
  package var axes: AxisRule? { scales.rule }
}
