import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Numbers as whole multiples of a scale: `Y = clamp(round(X / scale) + zero point)`, rounded to even where two are
/// equally near, and clamped to the range of the zero point's type.
package struct QuantizeLinear: Operator {
  /// `QuantizeLinear`.
  package static let name: OperatorName = "QuantizeLinear"

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The places of scales and zero points.
  package let scales: QuantizationScales
  /// The type of the whole numbers.
  package let target: ElementType

  /// Reads the scales; the type is that of the zero points, or of the attribute `output_dtype`, uint8 by default.
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.input(0)
    guard input.elementType == .float32 || input.elementType == .int32 else {
      throw call.unsupported(
        "quantises numbers of \(input.elementType)", remedy: "only float32 and int32 are supported")
    }
    scales = try QuantizationScales(call)
    let codes: [Int: ElementType] = [0: .uint8, 2: .uint8, 3: .int8, 4: .uint16, 5: .int16]
    let stated = codes[try call.int("output_dtype", default: 0)]
    let type = call.has(input: 2) ? try call.input(2).elementType : stated
    guard let type, codes.values.contains(type) else {
      throw call.unsupported("quantises to a type that is not supported")
    }
    target = type
  }

  /// The input's shape.
  package var outputs: [TensorType] { [TensorType(scales.shape, target)] }

  /// Every axis is tied to the same axis of the output, and scales along an axis go with its elements.
  package var axes: AxisRule? { scales.rule }
}
