import EspalierExecution
import EspalierOperators
import EspalierTensors
import EspalierThreading

/// Runs an element-wise operator on several threads, each applying the operator's own kernel to a part of the operands.
///
/// The outermost axis is divided; operands that are broadcast along it are read whole by every thread.
struct ElementwiseParts: Kernel {
  /// One part: a kernel, and the offsets of its operands.
  private struct Part {
    let kernel: any Kernel
    let inputs: [Place?]
    let outputs: [Place]
  }

  private struct Place {
    let offset: Int
    let type: TensorType
  }

  /// The number of elements below which another thread costs more than it saves.
  private static let least = 1 << 14

  private let parts: [Part]

  /// The kernel for operands of `types` that lie in `order`; `kernel` makes the kernel of each part.
  init(_ types: OperandTypes, in order: AxisOrder, kernel: (OperandTypes) -> any Kernel) {
    let lying = types.asLying(in: order).flattened
    let shape = lying.outputs[0].shape
    let axis = shape.firstIndex { $0 > 1 } ?? 0
    let size = shape.rank == 0 ? 1 : shape[axis]
    let count = max(1, min(Threads.count, size, shape.elementCount / Self.least))
    parts = (0..<count).map { part in
      let range = size * part / count..<size * (part + 1) / count
      func place(_ type: TensorType) -> Place {
        guard count > 1, type.shape.rank == shape.rank, type.shape[axis] == size else {
          return Place(offset: 0, type: type)
        }
        let cut = TensorType(type.shape.replacing(axis: axis, with: range.count), type.elementType)
        return Place(offset: type.byteCount / size * range.lowerBound, type: cut)
      }
      let (inputs, outputs) = (lying.inputs.map { $0.map(place) }, lying.outputs.map(place))
      let types = OperandTypes(inputs: inputs.map { $0?.type }, outputs: outputs.map(\.type))
      return Part(kernel: kernel(types), inputs: inputs, outputs: outputs)
    }
  }

  func run(_ operands: Operands) {
    Threads.run(parts.count) { index in
      let part = parts[index]
      part.kernel.run(
        Operands(
          inputs: zip(part.inputs, operands.inputs).map { place, whole in
            place.flatMap { place in whole.map { Buffer(address: $0.address + place.offset, type: place.type) } }
          },
          outputs: zip(part.outputs, operands.outputs).map {
            Buffer(address: $1.address + $0.offset, type: $0.type)
          }))
    }
  }
}

extension OperandTypes {
  /// The same types flattened to one axis, if each operand has as many elements as the output, or one.
  fileprivate var flattened: OperandTypes {
    let count = outputs[0].shape.elementCount
    let types = inputs.compactMap { $0 } + outputs
    guard types.allSatisfy({ $0.shape.elementCount == count || $0.shape.elementCount == 1 }) else { return self }
    func flat(_ type: TensorType) -> TensorType { TensorType([type.shape.elementCount], type.elementType) }
    return OperandTypes(inputs: inputs.map { $0.map(flat) }, outputs: outputs.map(flat))
  }
}
