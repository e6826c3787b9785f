import Graph
import Tensors

/// The derivative of ``Gather``: zeros of the attribute `shape`, to which each slice of the first input is added at the place
/// that the second input names along the attribute `axis`.
public enum GatherDerivative: Operator {
  /// `espalier::GatherDerivative`.
  public static let name: OperatorName = .own("GatherDerivative")

  private static func slices(_ invocation: Invocation) throws -> (shape: Shape, slices: IndexedSlices) {
    let count = try invocation.floatInput(0).shape.elementCount
    let indices = try invocation.indices(at: 1)
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes),
      let axis = shape.resolve(axis: try invocation.int("axis", default: 0))
    else { throw invocation.error("has no shape to add to") }
    let slices = IndexedSlices(shape, axis: axis)
    guard slices.outer * slices.inner * indices.shape.elementCount == count else {
      throw invocation.error("cannot add to \(shape) as it asks")
    }
    return (shape, slices)
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try slices(invocation).shape)]
  }

  /// Zeros, and one addition for each element.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let slices = try slices(invocation).slices
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      slices.forEach(in: operands.inputs[1]!) { slice, place in
        guard let slice else { return }
        for i in 0..<slices.inner { target[slice * slices.inner + i] += source[place * slices.inner + i] }
      }
    }
  }
}

/// The slices of a tensor along an axis, found by index.
struct IndexedSlices {
  /// How many places there are before the axis.
  let outer: Int
  /// How many slices there are.
  let size: Int
  /// How many elements a slice has at each place before the axis.
  let inner: Int

  /// The slices of a tensor of `shape`.
  init(_ shape: Shape, axis: Int) {
    outer = shape[..<axis].reduce(1, *)
    size = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
  }

  /// Calls `body(slice, place)` for each place before the axis and each index: which run of `inner` elements it names, `nil`
  /// where there is none, and which run it is among all that are named.
  func forEach(in indices: Buffer, _ body: (_ slice: Int?, _ place: Int) -> Void) {
    if indices.type.elementType == .int32 {
      forEach(indices.elements(as: Int32.self), body)
    } else {
      forEach(indices.elements(as: Int64.self), body)
    }
  }

  private func forEach<Index: FixedWidthInteger>(
    _ indices: UnsafeMutableBufferPointer<Index>, _ body: (_ slice: Int?, _ place: Int) -> Void
  ) {
    for o in 0..<outer {
      for (position, index) in indices.enumerated() {
        let index = Int(index) < 0 ? Int(index) + size : Int(index)
        body((0..<size).contains(index) ? o * size + index : nil, o * indices.count + position)
      }
    }
  }
}

extension Invocation {
  /// The type of the input at `position`, which must hold indices.
  func indices(at position: Int) throws -> TensorType {
    let type = try input(position)
    guard type.elementType == .int64 || type.elementType == .int32 else {
      throw error("takes indices of \(type.elementType)")
    }
    return type
  }
}
