#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators

  /// The product as a oneDNN `matmul` primitive.
  final class MatrixProductPrimitive: Kernel {
    private let primitive: OneDNNPrimitive

    /// The primitive for `product` followed by a function; `nil` if oneDNN does not support it: factors other than 1,
    /// or an addend that is not a row.
    init?(_ product: MatrixProduct, then function: espalier_dnnl_function_t? = nil) {
      guard product.scale == 1, product.stridesC == nil || product.addedScale == 1, product.m > 0, product.n > 0,
        product.k > 0,
        !product.batch.contains(0)
      else { return nil }
      let rank = product.batch.count
      let a = OneDNNLayout(
        sizes: Self.sizes(product, product.stridesA, [product.m, product.k]), strides: product.stridesA)
      let b = OneDNNLayout(
        sizes: Self.sizes(product, product.stridesB, [product.k, product.n]), strides: product.stridesB)
      let y = OneDNNLayout(contiguous: product.batch + [product.m, product.n])
      var bias: OneDNNLayout?
      if let stridesC = product.stridesC {
        guard stridesC[..<rank].allSatisfy({ $0 == 0 }), stridesC[rank] == 0 || product.m == 1,
          stridesC[rank + 1] == 1 || product.n == 1
        else { return nil }
        bias = OneDNNLayout(contiguous: Array(repeating: 1, count: rank + 1) + [product.n])
      }
      guard let primitive = OneDNNPrimitive.matrixProduct(a, b, bias: bias, y, then: function) else { return nil }
      self.primitive = primitive
    }

    /// The sizes for oneDNN, in which repeated batch axes have size 1.
    private static func sizes(_ product: MatrixProduct, _ strides: [Int], _ matrix: [Int]) -> [Int] {
      zip(product.batch, strides).map { $1 == 0 ? 1 : $0 } + matrix
    }

    func run(_ operands: Operands) {
      primitive.execute(operands.inputs.compactMap { $0?.address } + [operands.outputs[0].address])
    }
  }
#endif
