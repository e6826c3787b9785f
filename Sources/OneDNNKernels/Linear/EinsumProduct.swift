#if OneDNN
  import EspalierExecution
  import EspalierKernels
  import EspalierOperators
  import EspalierTensors

  /// An Einstein summation of two operands as a batched matrix product in oneDNN.
  ///
  /// Indices in both operands and the output form the batch, those in both operands alone are summed over, and those in
  /// one operand and the output are its rows or columns. An operand whose axes are not in such an order, transposed or
  /// not, is copied into one first, and the result is copied out of it; these copies have memory of their own.
  final class EinsumProduct: Kernel {
    private let product: any Kernel
    private let isSwapped: Bool
    private let first: Side
    private let second: Side
    private let result: Side

    /// The product for operands of these shapes; `nil` if an index of one operand alone is summed over or repeated, or
    /// if there is nothing to multiply.
    init?(_ equation: EinsumEquation, _ first: Shape, _ second: Shape) {
      let shapes = [first, second]
      // Axes of size 1 affect neither the layout nor the sum.
      func indices(_ operand: Int) -> [Character] {
        zip(equation.operands[operand], shapes[operand]).filter { $1 != 1 }.map { $0.0 }
      }
      var (a, b) = (indices(0), indices(1))
      let y = equation.output.filter { equation.sizes[$0] != 1 }
      guard Set(a).count == a.count, Set(b).count == b.count, !equation.sizes.values.contains(0),
        Set(a).symmetricDifference(b).isSubset(of: y)
      else { return nil }

      // The first axis of the result after the batch shows which operand provides the rows of the product.
      isSwapped = y.first { a.contains($0) != b.contains($0) }.map { b.contains($0) } ?? false
      if isSwapped { swap(&a, &b) }
      let batch = y.filter { a.contains($0) && b.contains($0) }
      let rows = y.filter { a.contains($0) && !b.contains($0) }
      let columns = y.filter { b.contains($0) && !a.contains($0) }
      let summed = a.filter { !y.contains($0) }
      func count(_ indices: [Character]) -> Int { indices.reduce(1) { $0 * equation.sizes[$1]! } }
      // A single matrix has no batch axis.
      let batches = count(batch) == 1 ? [] : [count(batch)]
      func side(_ lying: [Character], _ outer: [Character], _ inner: [Character]) -> Side {
        let isTransposed = lying == batch + inner + outer && lying != batch + outer + inner
        let wanted = batch + (isTransposed ? inner + outer : outer + inner)
        let matrix = isTransposed ? [count(inner), count(outer)] : [count(outer), count(inner)]
        return Side(
          lying: lying, wanted: wanted, sizes: equation.sizes, matrices: Shape(batches + matrix),
          isTransposed: isTransposed)
      }
      self.first = side(a, rows, summed)
      self.second = side(b, summed, columns)
      result = Side(
        lying: y, wanted: batch + rows + columns, sizes: equation.sizes,
        matrices: Shape(batches + [count(rows), count(columns)]), isTransposed: false)
      let product = MatrixProduct(
        batch: Shape(batches), self.first.matrices, transposed: self.first.isTransposed, self.second.matrices,
        transposed: self.second.isTransposed)
      self.product = MatrixProductPrimitive(product) ?? MatrixProductKernel(product)
    }

    func run(_ operands: Operands) {
      let (a, b) = isSwapped ? (1, 0) : (0, 1)
      product.run(
        Operands(
          inputs: [first.gathered(operands.inputs[a]!), second.gathered(operands.inputs[b]!)],
          outputs: [result.place(operands.outputs[0])]))
      result.scatter(to: operands.outputs[0])
    }
  }

  /// One of the matrices of a product, with the copy from or to the operand's own layout.
  private final class Side {
    /// The shape in memory: the batch, rows and columns.
    let matrices: Shape
    /// Whether the matrices are stored transposed.
    let isTransposed: Bool
    /// The copies from and to the operand's layout, and their memory; `nil` if no copy is needed.
    private let copy: (into: StridedCopy, out: StridedCopy, memory: UnsafeMutableRawPointer)?

    init(lying: [Character], wanted: [Character], sizes: [Character: Int], matrices: Shape, isTransposed: Bool) {
      (self.matrices, self.isTransposed) = (matrices, isTransposed)
      guard lying != wanted else {
        copy = nil
        return
      }
      let strides = Shape(lying.map { sizes[$0]! }).strides
      let shape = Shape(wanted.map { sizes[$0]! })
      let place = StridedCopy.Layout(wanted.map { strides[lying.firstIndex(of: $0)!] })
      let own = StridedCopy.Layout(shape.strides)
      copy = (
        StridedCopy(shape, from: place, to: own, width: 4), StridedCopy(shape, from: own, to: place, width: 4),
        UnsafeMutableRawPointer.allocate(byteCount: max(4 * shape.elementCount, 1), alignment: 64)
      )
    }

    deinit { copy?.memory.deallocate() }

    /// The buffer from which the matrices are read, or to which they are written.
    func place(_ value: Buffer) -> Buffer {
      Buffer(address: copy?.memory ?? value.address, type: TensorType(matrices))
    }

    /// The matrices of an operand, copied if necessary.
    func gathered(_ value: Buffer) -> Buffer {
      if let copy { copy.into.run(from: value.address, to: copy.memory) }
      return place(value)
    }

    /// Copies the matrices of the result to `value`, if necessary.
    func scatter(to value: Buffer) {
      if let copy { copy.out.run(from: copy.memory, to: value.address) }
    }
  }
#endif
