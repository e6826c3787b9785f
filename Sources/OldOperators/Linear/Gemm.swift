import Graph
import Tensors

/// A dense layer: `Y = alpha A' B' + beta C`, with `A'` m x k and `B'` k x n the inputs or their transposes and `C` broadcast.
public enum Gemm: Operator {
  /// `Gemm`.
  public static let name: OperatorName = "Gemm"

  /// Either factor, and the addend.
  public static var parameterInputs: ParameterInputs { .at(0..<3) }

  /// m x n.
  public static func infer(_ invocation: Invocation) throws -> [TensorType] {
    let product = try product(invocation)
    if invocation.has(input: 2) {
      let addend = try invocation.floatInput(2).shape
      guard Broadcasting.shape(addend, product.resultShape) == product.resultShape else {
        throw invocation.error("its addend of shape \(addend) does not broadcast to \(product.resultShape)")
      }
    }
    return [TensorType(product.resultShape)]
  }

  private static func product(_ invocation: Invocation) throws -> MatrixProduct {
    let (a, b) = (try invocation.floatInput(0).shape, try invocation.floatInput(1).shape)
    guard a.rank == 2, b.rank == 2 else { throw invocation.error("multiplies matrices, not \(a) by \(b)") }
    let (transposedA, transposedB) = (try invocation.flag("transA"), try invocation.flag("transB"))
    guard a[transposedA ? 0 : 1] == b[transposedB ? 1 : 0] else {
      throw invocation.error(
        "cannot multiply \(a)\(transposedA ? " transposed" : "") by \(b)\(transposedB ? " transposed" : "")")
    }
    var product = MatrixProduct(a, transposed: transposedA, b, transposed: transposedB)
    product.scale = try invocation.float("alpha", default: 1)
    product.addedScale = try invocation.float("beta", default: 1)
    if invocation.has(input: 2) {
      product.stridesC = Broadcasting.strides(of: try invocation.input(2).shape, in: product.resultShape)
    }
    return product
  }

  /// Rows go with rows, columns with columns; what is summed over is a contraction.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let (transposedA, transposedB) = (try invocation.flag("transA"), try invocation.flag("transB"))
    let (rowA, innerA) = transposedA ? (1, 0) : (0, 1)
    let (innerB, columnB) = transposedB ? (1, 0) : (0, 1)
    var rule = AxisRule(ties: [
      AxisTie(PortAxis(.input(0), rowA), PortAxis(.output(0), 0)),
      AxisTie(PortAxis(.input(1), columnB), PortAxis(.output(0), 1)),
      AxisTie(PortAxis(.input(0), innerA), PortAxis(.input(1), innerB)),
    ])
    if invocation.has(input: 2) {
      rule.ties += Broadcasting.ties(try invocation.input(2).shape, input: 2, result: invocation.outputs[0].shape)
    }
    // One number for each column, that is: the same for all rows.
    let bias = invocation.has(input: 2) ? try invocation.input(2).shape : []
    let hasBias = bias.last == invocation.outputs[0].shape[1] && bias.dropLast().allSatisfy { $0 == 1 }
    rule.contractions = [
      Contraction(
        activation: PortAxis(.input(0), innerA), weight: PortAxis(.input(1), innerB),
        outputAxis: PortAxis(.input(1), columnB), bias: hasBias ? .input(2) : nil,
        weightScale: try invocation.float("alpha", default: 1), biasScale: try invocation.float("beta", default: 1))
    ]
    return rule
  }

  /// m n k.
  public static func cost(_ invocation: Invocation) throws -> Cost {
    Cost(macs: try product(invocation).macs)
  }

  /// Three plain loops.
  public static func kernel(_ invocation: Invocation) throws -> any Kernel {
    MatrixProductKernel(try product(invocation))
  }

  /// `dA' = alpha dY B'^T`, `dB' = alpha A'^T dY`, `dC = beta dY` summed over what was broadcast.
  public static func differentiate(_ gradients: inout GradientBuilder) throws {
    let call = gradients.invocation
    let (transposedA, transposedB) = (try call.flag("transA"), try call.flag("transB"))
    let alpha = try call.float("alpha", default: 1)
    let beta = try call.float("beta", default: 1)
    let dY = gradients.outputGradient
    func attributes(_ first: Bool, _ second: Bool) -> [(String, Attribute)] {
      [("alpha", .float(alpha)), ("transA", .int(first ? 1 : 0)), ("transB", .int(second ? 1 : 0))]
    }
    func multiply(_ first: String, _ second: String, _ transposed: (Bool, Bool)) -> String {
      gradients.add(name, [first, second], .init(uniqueKeysWithValues: attributes(transposed.0, transposed.1)))
    }
    if gradients.wants(0) {
      let b = gradients.input(1)
      let dA = transposedA ? multiply(b, dY, (transposedB, true)) : multiply(dY, b, (false, !transposedB))
      gradients.set(dA, forInput: 0)
    }
    if gradients.wants(1) {
      let a = gradients.input(0)
      let dB = transposedB ? multiply(dY, a, (true, transposedA)) : multiply(a, dY, (!transposedA, false))
      gradients.set(dB, forInput: 1)
    }
    if gradients.wants(2) {
      var dC = gradients.sum(dY, from: call.outputs[0].shape, to: try call.input(2).shape)
      if beta != 1 { dC = gradients.add(Scale.name, [dC], ["factor": .float(beta)]) }
      gradients.set(dC, forInput: 2)
    }
  }
}

#if OneDNN
  extension Gemm: OneDNNOperator {
    static func primitive(_ invocation: Invocation, in order: AxisOrder) throws -> (any Kernel)? {
      MatrixProductPrimitive(try product(invocation))
    }
  }
#endif
