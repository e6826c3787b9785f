import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A constant stored as a node.
package struct Constant: Operator {
  /// `Constant`.
  package static let name: OperatorName = "Constant"

  /// The value.
  package let value: Tensor

  /// Reads the value from the attribute that holds it.
  package init(_ call: Invocation) throws(EspalierError) {
    let attributes = call.node.attributes
    guard let (name, attribute) = attributes.elements.first, attributes.count == 1 else {
      throw call.error("must have exactly one attribute, and has \(attributes.count)")
    }
    switch attribute {
    case .tensor(let tensor): value = tensor
    case .float(let number): value = Tensor(scalar: number)
    case .int(let number): value = Tensor(scalar: number)
    case .floats(let numbers): value = Tensor(shape: [numbers.count], numbers)
    case .ints(let numbers): value = Tensor(shape: [numbers.count], numbers)
    case .string(let text): value = Tensor(shape: [], strings: [text])
    case .strings(let texts): value = Tensor(shape: [texts.count], strings: texts)
    default: throw call.error("attribute \"\(name)\" is not a value")
    }
  }

  /// The type of the value.
  package var outputs: [TensorType] { [TensorType(of: value)] }

  /// The value.
  package var known: [Tensor]? { [value] }

  /// All axes are frozen: only constants stored in the graph can be pruned.
  package var axes: AxisRule? {
    AxisRule(frozen: value.shape.indices.map { FrozenAxis(PortAxis(.output(0), $0), "states its elements") })
  }
}
