import Graph
import Tensors

/// The derivative of ``Pad``: zeros of the attribute `shape`, to which each element of the input is added at the place that
/// the attributes `places0`, `places1`, ... name for its axes; nowhere where one of them is -1.
public enum PadDerivative: Operator {
  /// `espalier::PadDerivative`.
  public static let name: OperatorName = .own("PadDerivative")

  private static func places(_ invocation: Invocation) throws -> (shape: Shape, sources: [[Int]]) {
    let input = try invocation.floatInput(0).shape
    guard let sizes = try invocation.ints("shape"), let shape = Shape(checking: sizes), shape.rank == input.rank else {
      throw invocation.error("has no shape to add to")
    }
    let sources = try shape.indices.map { axis in
      guard let places = try invocation.ints("places\(axis)"), places.count == input[axis],
        places.allSatisfy({ (-1..<shape[axis]).contains($0) })
      else { throw invocation.error("cannot add \(input) to \(shape)") }
      return places
    }
    return (shape, sources)
  }

  /// The stated shape.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    [TensorType(try places(invocation).shape)]
  }

  /// Zeros, and one addition for each element.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    let (shape, sources) = try places(invocation)
    let places = PaddedPlaces(sources, in: shape)
    return FunctionKernel { operands in
      let (source, target) = (operands.inputs[0]!.floats, operands.outputs[0].floats)
      target.update(repeating: 0)
      places.forEach { place, position in if let place { target[place] += source[position] } }
    }
  }
}

/// Where each element of a padded tensor comes from.
struct PaddedPlaces {
  private let sources: [[Int]]
  private let strides: [Int]

  /// Places that `sources` gives for each axis of a tensor of `shape`; -1 for none.
  init(_ sources: [[Int]], in shape: Shape) {
    self.sources = sources
    strides = shape.strides
  }

  /// Calls `body(from, to)` for each element of the padded tensor, in order: its place in the tensor, `nil` for none, and how
  /// many came before it.
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
