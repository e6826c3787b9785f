import EspalierFiles
import EspalierTensors

extension DequantizeLinear: DecodingOperator {
  /// Always.
  package static func decodes(_ call: Invocation) -> Bool { (try? Self(call)) != nil }

  /// The whole numbers, scales and zero points that give exactly `value`: each index of the axis of scales finds one
  /// among the former; `nil` if they give other numbers, as after a re-fit.
  package static func encode(_ value: Tensor, as call: Invocation) -> [Int: Tensor]? {
    guard let op = try? Self(call), op.scales.granularity.isOfIndices, op.source.isWhole,
      let scales = call.constants[1]?.floats(), value.elementType == .float32
    else {
      return nil
    }
    let zeros = op.scales.hasZeroPoint ? call.constants[2]?.integers() ?? [] : scales.map { _ in 0 }
    guard zeros.count == scales.count, value.shape.rank == op.scales.shape.rank else { return nil }
    let numbers = value.elements(as: Float.self)
    var whole = [Int](repeating: 0, count: numbers.count)
    guard op.scales.granularity == .axis else {
      let found = fill(&whole, numbers[...].indices, numbers, scales[0], zeros[0], op.source)
      return found ? [0: Tensor(shape: value.shape, whole: whole, op.source)] : nil
    }
    let axis = op.scales.axis
    let (size, inner) = (value.shape[axis], value.shape[(axis + 1)...].reduce(1, *))
    var chosen: [Int] = []
    for index in 0..<size {
      let own = stride(from: index * inner, to: numbers.count, by: size * inner).flatMap {
        $0..<$0 + inner
      }
      // What is left is in order, so the search begins behind the last one found.
      let first = (chosen.last ?? -1) + 1
      let order = Array(scales.indices.dropFirst(first)) + Array(scales.indices.prefix(first))
      guard
        let scale = order.first(where: {
          fill(&whole, own, numbers, scales[$0], zeros[$0], op.source)
        })
      else {
        return nil
      }
      chosen.append(scale)
    }
    var encoded = [
      0: Tensor(shape: value.shape, whole: whole, op.source),
      1: Tensor(shape: [size], chosen.map { scales[$0] }),
    ]
    if op.scales.hasZeroPoint {
      encoded[2] = Tensor(shape: [size], whole: chosen.map { zeros[$0] }, op.source)
    }
    return encoded
  }

  /// Writes the whole numbers of the elements at `places`; `false` if `scale` and `zero` do not give these exactly.
  private static func fill(
    _ whole: inout [Int], _ places: some Sequence<Int>, _ numbers: [Float], _ scale: Float,
    _ zero: Int,
    _ type: ElementType
  ) -> Bool {
    guard scale > 0 else { return false }
    for place in places {
      let multiple = (numbers[place] / scale).rounded()
      guard multiple * scale == numbers[place], let own = Int(exactly: multiple),
        type.wholeRange.contains(own + zero)
      else { return false }
      whole[place] = own + zero
    }
    return true
  }
}

extension QuantizationScales.Granularity {
  /// Whether a scale is that of the tensor or of an index of its axis, rather than of a block.
  fileprivate var isOfIndices: Bool { if case .blocks = self { false } else { true } }
}

extension ElementType {
  /// The range of a type of whole numbers of at most 32 bits.
  fileprivate var wholeRange: ClosedRange<Int> {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    case .int4: -8...7
    case .uint4: 0...15
    default: Int(Int32.min)...Int(Int32.max)
    }
  }
}

extension Tensor {
  /// A tensor of whole numbers, which are in the range of `type`.
  fileprivate init(shape: Shape, whole: [Int], _ type: ElementType) {
    switch type {
    case .int8: self.init(shape: shape, whole.map { Int8($0) })
    case .uint8: self.init(shape: shape, whole.map { UInt8($0) })
    case .int16: self.init(shape: shape, whole.map { Int16($0) })
    case .uint16: self.init(shape: shape, whole.map { UInt16($0) })
    case .int4: self.init(shape: shape, whole.map { Int4(bits: UInt8(truncatingIfNeeded: $0)) })
    case .uint4: self.init(shape: shape, whole.map { UInt4(bits: UInt8(truncatingIfNeeded: $0)) })
    default: self.init(shape: shape, whole.map { Int32($0) })
    }
  }
}
