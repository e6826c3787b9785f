#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators

  /// The product as a oneDNN `matmul` primitive, or one for each block of a long sum.
  ///
  /// From `k` = 2,048 on, oneDNN lets each thread add up a part of the sum, so that rounding depends on their number. Such
  /// a sum is divided into blocks of 1,024 instead, each added to those before it.
  final class MatrixProductPrimitive: Kernel {
    /// A block of the sum: its product, and where its operands begin, in bytes.
    private struct Block {
      let primitive: OneDNNPrimitive
      let offsetA: Int
      let offsetB: Int
    }

    /// The length from which oneDNN divides sums among threads.
    private static let leastDivided = 2048
    private static let blockLength = 1024

    private let blocks: [Block]

    /// The primitive for `product` followed by a function; `nil` if oneDNN does not support it: factors other than 1,
    /// or an addend that is not a row.
    init?(_ product: MatrixProduct, then function: espalier_dnnl_function_t? = nil) {
      guard product.scale == 1, product.stridesC == nil || product.addedScale == 1, product.m > 0, product.n > 0,
        product.k > 0,
        !product.batch.contains(0)
      else { return nil }
      let rank = product.batch.count
      var bias: OneDNNLayout?
      if let stridesC = product.stridesC {
        guard stridesC[..<rank].allSatisfy({ $0 == 0 }), stridesC[rank] == 0 || product.m == 1,
          stridesC[rank + 1] == 1 || product.n == 1
        else { return nil }
        bias = OneDNNLayout(contiguous: Array(repeating: 1, count: rank + 1) + [product.n])
      }
      let length = product.k < Self.leastDivided ? product.k : Self.blockLength
      var blocks: [Block] = []
      for start in stride(from: 0, to: product.k, by: length) {
        let isLast = start + length >= product.k
        let offsets = (4 * start * product.stridesA[rank + 1], 4 * start * product.stridesB[rank])
        // All blocks but the first and the last are alike.
        if blocks.count > 1, !isLast {
          blocks.append(Block(primitive: blocks[1].primitive, offsetA: offsets.0, offsetB: offsets.1))
          continue
        }
        guard
          let primitive = Self.primitive(
            product, length: min(length, product.k - start), bias: isLast ? bias : nil, adds: start > 0,
            then: isLast ? function : nil)
        else { return nil }
        blocks.append(Block(primitive: primitive, offsetA: offsets.0, offsetB: offsets.1))
      }
      self.blocks = blocks
    }

    /// The product over `length` of the contracted elements.
    private static func primitive(
      _ product: MatrixProduct, length: Int, bias: OneDNNLayout?, adds: Bool, then function: espalier_dnnl_function_t?
    ) -> OneDNNPrimitive? {
      let a = OneDNNLayout(
        sizes: sizes(product, product.stridesA, [product.m, length]), strides: product.stridesA)
      let b = OneDNNLayout(
        sizes: sizes(product, product.stridesB, [length, product.n]), strides: product.stridesB)
      let y = OneDNNLayout(contiguous: product.batch + [product.m, product.n])
      return OneDNNPrimitive.matrixProduct(a, b, bias: bias, y, adds: adds, then: function)
    }

    /// The sizes for oneDNN, in which repeated batch axes have size 1.
    private static func sizes(_ product: MatrixProduct, _ strides: [Int], _ matrix: [Int]) -> [Int] {
      zip(product.batch, strides).map { $1 == 0 ? 1 : $0 } + matrix
    }

    func run(_ operands: Operands) {
      let (inputs, y) = (operands.inputs.compactMap { $0?.address }, operands.outputs[0].address)
      for (number, block) in blocks.enumerated() {
        let bias = number == blocks.count - 1 ? inputs.dropFirst(2) : []
        block.primitive.execute([inputs[0] + block.offsetA, inputs[1] + block.offsetB] + bias + [y])
      }
    }
  }
#endif
