import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The numbers that multiples of a scale stand for: `Y = (X - zero point) scale`.
package struct DequantizeLinear: Operator {
  /// `DequantizeLinear`.
  package static let name: OperatorName = "DequantizeLinear"

  /// The scaled whole numbers.
  package static var parameterInputs: ParameterInputs { .at(0..<1) }

  /// The output has the axes of the input.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// The places of scales and zero points.
  package let scales: QuantizationScales
  /// The type of the whole numbers.
  package let source: ElementType

  /// Reads the scales; whole numbers and zero points must be of one type.
  package init(_ call: Invocation) throws(EspalierError) {
    source = try call.input(0).elementType
    guard [.uint8, .int8, .uint16, .int16, .int32].contains(source) || source.isStorageOnly else {
      throw call.unsupported(
        "scales numbers of \(source)",
        remedy: "whole numbers of 4 to 32 bits and floats of 4 and 8 are supported")
    }
    if call.has(input: 2), try call.input(2).elementType != source {
      throw call.error("has zero points of another type than its numbers")
    }
    scales = try QuantizationScales(call)
  }

  /// The input's shape, in single precision.
  package var outputs: [TensorType] { [TensorType(scales.shape)] }

  /// Every axis is tied to the same axis of the output, and scales along an axis go with its elements.
  package var axes: AxisRule? { scales.rule }
}
