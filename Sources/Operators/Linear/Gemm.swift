import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A dense layer: `Y = alpha A' B' + beta C`, where `A'` (m x k) and `B'` (k x n) are the inputs or their transposes,
/// and `C` is broadcast.
package struct Gemm: DifferentiableOperator {
  /// `Gemm`.
  package static let name: OperatorName = "Gemm"

  /// Both factors, and the addend.
  package static var parameterInputs: ParameterInputs { .at(0..<3) }

  /// The product and the addend.
  package let product: MatrixProduct
  /// The shape of C; `nil` if there is none.
  let addend: Shape?
  /// Whether A is transposed.
  let isATransposed: Bool
  /// Whether B is transposed.
  let isBTransposed: Bool

  /// Reads the factors, which of them are transposed, and the addend, which must broadcast to the product.
  package init(_ call: Invocation) throws(EspalierError) {
    let (a, b) = (try call.floatInput(0).shape, try call.floatInput(1).shape)
    guard a.rank == 2, b.rank == 2 else { throw call.error("multiplies matrices, not \(a) by \(b)") }
    (isATransposed, isBTransposed) = (try call.flag("transA"), try call.flag("transB"))
    guard a[isATransposed ? 0 : 1] == b[isBTransposed ? 1 : 0] else {
      throw call.error(
        "cannot multiply \(a)\(isATransposed ? " transposed" : "") by \(b)\(isBTransposed ? " transposed" : "")")
    }
    var product = MatrixProduct(a, transposed: isATransposed, b, transposed: isBTransposed)
    product.scale = try call.float("alpha", default: 1)
    product.addedScale = try call.float("beta", default: 1)
    addend = call.has(input: 2) ? try call.floatInput(2).shape : nil
    if let addend {
      guard Broadcasting.shape(addend, product.resultShape) == product.resultShape else {
        throw call.error("its addend of shape \(addend) does not broadcast to \(product.resultShape)")
      }
      product.stridesC = Broadcasting.strides(of: addend, in: product.resultShape)
    }
    self.product = product
  }

  /// m x n.
  package var outputs: [TensorType] { [TensorType(product.resultShape)] }

  /// Rows are tied to rows, and columns to columns; the summed axis is a contraction.
  package var axes: AxisRule? {
    let (rowA, innerA) = isATransposed ? (1, 0) : (0, 1)
    let (innerB, columnB) = isBTransposed ? (1, 0) : (0, 1)
    var rule = AxisRule(ties: [
      AxisTie(PortAxis(.input(0), rowA), PortAxis(.output(0), 0)),
      AxisTie(PortAxis(.input(1), columnB), PortAxis(.output(0), 1)),
      AxisTie(PortAxis(.input(0), innerA), PortAxis(.input(1), innerB)),
    ])
    if let addend { rule.ties += Broadcasting.ties(addend, input: 2, result: product.resultShape) }
    // One number per column, the same for all rows.
    let bias = addend ?? []
    let hasBias = bias.last == product.n && bias.dropLast().allSatisfy { $0 == 1 }
    rule.contractions = [
      Contraction(
        activation: PortAxis(.input(0), innerA), weight: PortAxis(.input(1), innerB),
        outputAxis: PortAxis(.input(1), columnB), bias: hasBias ? .input(2) : nil,
        weightScale: product.scale, biasScale: product.addedScale)
    ]
    return rule
  }

  /// m n k.
  package var cost: Cost { Cost(macs: product.macs) }

  /// `dA' = alpha dY B'^T`, `dB' = alpha A'^T dY`, `dC = beta dY` summed over the axes that were broadcast.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let dY = gradients.outputGradient
    func multiply(_ first: String, _ second: String, _ transposed: (Bool, Bool)) -> String {
      gradients.add(
        Self.name, [first, second],
        [
          "alpha": .float(product.scale), "transA": .int(transposed.0 ? 1 : 0), "transB": .int(transposed.1 ? 1 : 0),
        ])
    }
    if gradients.wants(0) {
      let b = gradients.input(1)
      let dA = isATransposed ? multiply(b, dY, (isBTransposed, true)) : multiply(dY, b, (false, !isBTransposed))
      gradients.set(dA, forInput: 0)
    }
    if gradients.wants(1) {
      let a = gradients.input(0)
      let dB = isBTransposed ? multiply(dY, a, (true, isATransposed)) : multiply(a, dY, (!isATransposed, false))
      gradients.set(dB, forInput: 1)
    }
    if gradients.wants(2), let addend {
      var dC = gradients.sum(dY, from: product.resultShape, to: addend)
      if product.addedScale != 1 {
        dC = gradients.add(Scale.name, [dC], ["factor": .float(product.addedScale)])
      }
      gradients.set(dC, forInput: 2)
    }
  }
}
