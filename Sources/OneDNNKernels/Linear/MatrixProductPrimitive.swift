#if OneDNN
  import CEspalierOneDNN
  import EspalierExecution
  import EspalierOperators
  import EspalierThreading

  /// The product as oneDNN `matmul` primitives, divided in such a way that rounding does not depend on the number of
  /// threads.
  ///
  /// With AVX-512, oneDNN lets each thread add up a part of the sum from `k` = 2,048 on; such a sum is divided into blocks
  /// of 1,024, each added to those before it. With older instructions it divides rows and columns among threads, and what
  /// lies at a border is rounded in another way; such a product is divided by its size, and each part is computed by one
  /// thread.
  final class MatrixProductPrimitive: Kernel {
    /// A part of the product: its primitive, and where its operands begin, in bytes.
    private struct Part {
      let primitive: OneDNNPrimitive
      var offsetA = 0
      var offsetB = 0
      var offsetY = 0
      /// Whether the addend is added.
      var hasBias = false

      func run(_ inputs: [UnsafeMutableRawPointer], _ y: UnsafeMutableRawPointer) {
        let bias = hasBias ? inputs.dropFirst(2) : []
        primitive.execute([inputs[0] + offsetA, inputs[1] + offsetB] + bias + [y + offsetY])
      }
    }

    /// The length from which oneDNN divides sums among threads.
    private static let leastDivided = 2048
    private static let blockLength = 1024

    private let parts: [Part]
    /// Whether each part is computed by one thread, several at a time; otherwise by all threads, one after the other.
    private let isDividedAmongThreads: Bool

    /// The primitives for `product` followed by a function; `nil` if oneDNN does not support it: factors other than 1,
    /// or an addend that is not a row.
    init?(_ product: MatrixProduct, then function: espalier_dnnl_function_t? = nil) {
      guard product.scale == 1, product.stridesC == nil || product.addedScale == 1, product.m > 0, product.n > 0,
        product.k > 0,
        !product.batch.contains(0)
      else { return nil }
      let rank = product.batch.count
      if let stridesC = product.stridesC {
        guard stridesC[..<rank].allSatisfy({ $0 == 0 }), stridesC[rank] == 0 || product.m == 1,
          stridesC[rank + 1] == 1 || product.n == 1
        else { return nil }
      }
      let shape = PrimitiveShape(product, then: function)
      guard let blocks = Self.blocks(shape) else { return nil }
      isDividedAmongThreads = blocks[0].primitive.dependsOnThreads
      guard let parts = isDividedAmongThreads ? Self.bands(shape) : blocks else { return nil }
      self.parts = parts
    }

    /// The blocks of a long sum, in order.
    private static func blocks(_ shape: PrimitiveShape) -> [Part]? {
      let (product, rank) = (shape.product, shape.product.batch.count)
      let length = product.k < leastDivided ? product.k : blockLength
      var blocks: [Part] = []
      for start in stride(from: 0, to: product.k, by: length) {
        let isLast = start + length >= product.k
        let offsets = (4 * start * product.stridesA[rank + 1], 4 * start * product.stridesB[rank])
        // All blocks but the first and the last are alike.
        if blocks.count > 1, !isLast {
          blocks.append(Part(primitive: blocks[1].primitive, offsetA: offsets.0, offsetB: offsets.1))
          continue
        }
        var block = shape
        block.product.k = min(length, product.k - start)
        guard let primitive = block.primitive(adds: start > 0, isLast: isLast) else { return nil }
        blocks.append(Part(primitive: primitive, offsetA: offsets.0, offsetB: offsets.1, hasBias: isLast))
      }
      return blocks
    }

    /// Bands of rows, or of the first axis of a large batch: as many as follow from the size.
    private static func bands(_ shape: PrimitiveShape) -> [Part]? {
      let (product, rank) = (shape.product, shape.product.batch.count)
      let axis = rank > 0 && product.batch[0] >= leastBands ? 0 : rank
      let size = axis < rank ? product.batch[axis] : product.m
      let most = min(mostBands, max(1, product.macs / leastOperations))
      let length = max((size + most - 1) / most, axis < rank ? 1 : leastRows)
      var bands: [Part] = []
      for start in stride(from: 0, to: size, by: length) {
        var band = shape
        let own = min(length, size - start)
        if axis < rank { band.product.batch[axis] = own } else { band.product.m = own }
        guard let primitive = band.primitive(adds: false, isLast: true) else { return nil }
        // A band of the batch has matrices B of its own; all bands of rows read the same.
        bands.append(
          Part(
            primitive: primitive, offsetA: 4 * start * product.stridesA[axis],
            offsetB: axis < rank ? 4 * start * product.stridesB[axis] : 0, offsetY: 4 * start * shape.stridesY[axis],
            hasBias: true))
      }
      return bands
    }

    /// The smallest batch whose first axis is divided.
    private static let leastBands = 8
    private static let mostBands = 64
    private static let leastRows = 32
    /// The number of multiply-accumulates below which another band is not worthwhile.
    private static let leastOperations = 1 << 18

    func run(_ operands: Operands) {
      let (inputs, y) = (operands.inputs.compactMap { $0?.address }, operands.outputs[0].address)
      guard isDividedAmongThreads else {
        for part in parts { part.run(inputs, y) }
        return
      }
      // oneDNN uses one thread within a region of several; so does a single part, beside which there is nothing to do.
      Threads.run(max(parts.count, 2)) { number in
        if number < parts.count { parts[number].run(inputs, y) }
      }
    }
  }

  /// A product, or a part of one, with the layout of the whole result.
  private struct PrimitiveShape {
    var product: MatrixProduct
    /// The strides of the whole result.
    let stridesY: [Int]
    private let function: espalier_dnnl_function_t?

    init(_ product: MatrixProduct, then function: espalier_dnnl_function_t?) {
      self.product = product
      self.function = function
      stridesY = product.resultShape.strides
    }

    /// The primitive; only the last block of a sum has the addend and the function.
    func primitive(adds: Bool, isLast: Bool) -> OneDNNPrimitive? {
      let a = OneDNNLayout(
        sizes: sizes(product.stridesA, [product.m, product.k]), strides: product.stridesA)
      let b = OneDNNLayout(
        sizes: sizes(product.stridesB, [product.k, product.n]), strides: product.stridesB)
      let y = OneDNNLayout(sizes: product.batch + [product.m, product.n], strides: stridesY)
      let bias =
        isLast && product.stridesC != nil
        ? OneDNNLayout(contiguous: Array(repeating: 1, count: product.batch.count + 1) + [product.n]) : nil
      return OneDNNPrimitive.matrixProduct(a, b, bias: bias, y, adds: adds, then: isLast ? function : nil)
    }

    /// The sizes for oneDNN, in which repeated batch axes have size 1.
    private func sizes(_ strides: [Int], _ matrix: [Int]) -> [Int] {
      zip(product.batch, strides).map { $1 == 0 ? 1 : $0 } + matrix
    }
  }
#endif
