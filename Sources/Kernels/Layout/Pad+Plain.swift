import EspalierExecution
import EspalierOperators
import EspalierTensors

extension Pad: PlainOperator {
  /// One pass over the output.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let places = PaddedPlaces(sources, in: input.shape)
    let width = types.elementWidth()
    let standard =
      input.elementType == .float32 ? Tensor(scalar: value).bytes : [UInt8](repeating: 0, count: width)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.address, operands.outputs[0].address)
      standard.withUnsafeBytes { standard in
        let stated = operands.inputs.count > 2 ? operands.inputs[2]?.address : nil
        let constant = stated.map { UnsafeRawPointer($0) } ?? standard.baseAddress!
        places.forEach { from, to in
          (target + to * width).copyMemory(
            from: from.map { UnsafeRawPointer(source + $0 * width) } ?? constant, byteCount: width)
        }
      }
    }
  }
}

extension PadDerivative: PlainOperator {
  /// Zeros, and one addition for each element.
  package func kernel(_ types: OperandTypes) -> any Kernel {
    let places = PaddedPlaces(sources, in: outputs[0].shape)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      places.forEach { place, position in if let place { target[place] += source[position] } }
    }
  }
}

/// The source of each element of a padded tensor.
private struct PaddedPlaces<Places: RandomAccessCollection<Int> & Sendable>: Sendable {
  private let sources: [Places]
  private let strides: [Int]

  /// The sources given by `sources` for each axis of a tensor of `shape`; -1 for padding.
  init(_ sources: [Places], in shape: Shape) {
    self.sources = sources
    strides = shape.strides
  }

  /// Calls `body(from, to)` for each element of the padded tensor, in order: its offset in the unpadded tensor, `nil`
  /// for padding, and its offset in the padded one.
  func forEach(_ body: (_ from: Int?, _ to: Int) -> Void) {
    var next = 0
    walk(axis: 0, from: 0, &next, body)
  }

  private func walk(axis: Int, from: Int?, _ next: inout Int, _ body: (_ from: Int?, _ to: Int) -> Void) {
    guard axis < sources.count else {
      body(from, next)
      next += 1
      return
    }
    for source in sources[axis] {
      walk(axis: axis + 1, from: source < 0 ? nil : from.map { $0 + source * strides[axis] }, &next, body)
    }
  }
}
