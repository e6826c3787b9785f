import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierKernels
import EspalierOperators
import EspalierTensors

/// An operator of one's own: a node that exporters write and the project does not know.
///
/// Networks that hold it are then read, run, pruned around or through, and written as before.
public protocol CustomOperator: Sendable {
  /// The domain of the operator, as the file writes it.
  static var domain: String { get }
  /// The operator's type, as the file writes it.
  static var type: String { get }

  /// How axes of the first input pass to the output.
  var axes: CustomAxes { get }

  /// Reads a node's attributes that are numbers, by name.
  ///
  /// - Throws: `EspalierError` where they are not as they must be.
  init(attributes: [String: Double]) throws(EspalierError)

  /// The shape of the output for inputs of these shapes.
  ///
  /// - Throws: `EspalierError` where they do not fit.
  func shape(of inputs: [[Int]]) throws(EspalierError) -> [Int]

  /// Computes the output, of the shape that ``shape(of:)`` gave.
  func compute(_ inputs: [Values], shape: [Int]) -> [Float]
}

/// The effect on an operator's output of removing elements of an input's axis.
public enum CustomAxes: Hashable, Sendable {
  /// Each element of the output follows from the one at the same place of the inputs: channels pass through.
  case elementwise
  /// Nothing is known: what the operator touches stays whole.
  case opaque
}

extension CustomOperator {
  /// Makes the operator known to all networks from now on.
  public static func register() { OperatorRegistry.add(ClientOperator<Self>.self) }
}

/// A client's operator where the project's own are.
struct ClientOperator<Client: CustomOperator>: PlainOperator {
  static var name: OperatorName { OperatorName(Client.type, domain: Client.domain) }

  let outputs: [TensorType]
  private let client: Client
  private let inputs: [Shape]

  init(_ call: Invocation) throws(EspalierError) {
    var attributes: [String: Double] = [:]
    for (name, attribute) in call.node.attributes {
      switch attribute {
      case .int(let value): attributes[name] = Double(value)
      case .float(let value): attributes[name] = Double(value)
      default: break
      }
    }
    inputs = try call.floatInputs(call.inputs.indices).map(\.shape)
    do throws(EspalierError) {
      client = try Client(attributes: attributes)
      let sizes = try client.shape(of: inputs.map(\.sizes))
      guard let shape = Shape(checking: sizes) else {
        throw EspalierError(.model, "its output", "cannot be of shape \(sizes)")
      }
      outputs = [TensorType(shape)]
    } catch {
      throw call.error(error.description)
    }
  }

  var axes: AxisRule? {
    guard client.axes == .elementwise else { return nil }
    var rule = AxisRule()
    for (position, shape) in inputs.enumerated() where shape == outputs[0].shape {
      rule.ties += AxisRule.identity(rank: shape.rank, input: position).ties
    }
    return rule
  }

  func kernel(_ types: OperandTypes) -> any Kernel {
    FunctionKernel { operands in
      let values = operands.inputs.compactMap { buffer in
        buffer.flatMap { try? Values($0.tensor(), subject: "an input") }
      }
      let target = operands.outputs[0]
      let elements = client.compute(values, shape: target.type.shape.sizes)
      precondition(
        elements.count == target.type.shape.elementCount,
        "\(Self.name) must compute \(target.type.shape.elementCount) numbers, and gave \(elements.count)")
      target.write(Tensor(shape: target.type.shape, elements))
    }
  }
}
