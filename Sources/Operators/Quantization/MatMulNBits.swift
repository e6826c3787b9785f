import EspalierFiles
import EspalierGraph
import EspalierTensors

/// A product with a matrix of weights of few bits, scaled in blocks along the summed axis: `Y[.., n] = bias[n] + sum over
/// k of A[.., k] (B[n, k] - zero[n, b]) scale[n, b]`, with b the block of k.
///
/// Inputs: A, B (`N x blocks x bytes of a block`, the first number of a byte in its low bits), the scales (`N x blocks`),
/// the optional zero points (packed like B along the blocks, or in single precision; half the range without them), the
/// optional block of each k, and the optional bias.
package struct MatMulNBits: Operator {
  /// `com.microsoft::MatMulNBits`.
  package static let name: OperatorName = .microsoft("MatMulNBits")

  /// B, and the scales.
  package static var parameterInputs: ParameterInputs { .at(1..<3) }

  /// The shape of A.
  package let source: Shape
  /// The length of the sums, K.
  package let inner: Int
  /// The columns of the result, N.
  package let columns: Int
  /// The bits of a weight: 2, 4 or 8.
  package let bits: Int
  /// The number of weights with one scale.
  package let blockSize: Int
  /// The type of the zero points; `nil` without them.
  package let zeroType: ElementType?
  /// Whether blocks are stated for each k.
  package let hasIndices: Bool
  /// Whether there is a bias.
  package let hasBias: Bool
  /// The numbers of axes of the inputs behind A.
  private let storedRanks: [Int]

  /// The number of blocks of a column.
  package var blocks: Int { (inner + blockSize - 1) / blockSize }
  /// The bytes of a block of a column.
  package var blockBytes: Int { blockSize * bits / 8 }
  /// The bytes of a column's zero points, if they are packed.
  package var zeroBytes: Int { (blocks * bits + 7) / 8 }

  /// Reads the sizes, with which all inputs must agree.
  package init(_ call: Invocation) throws(EspalierError) {
    source = try call.floatInput(0).shape
    (inner, columns) = (try call.int("K", default: 0), try call.int("N", default: 0))
    (bits, blockSize) = (try call.int("bits", default: 4), try call.int("block_size", default: 0))
    guard [2, 4, 8].contains(bits), (16...1 << 20).contains(blockSize), blockSize & (blockSize - 1) == 0, inner > 0,
      columns > 0
    else {
      throw call.error("has weights of \(bits) bits in blocks of \(blockSize) for a matrix of \(inner) x \(columns)")
    }
    guard source.last == inner else { throw call.error("sums over \(inner) elements of an input of shape \(source)") }
    hasIndices = call.has(input: 4)
    hasBias = call.has(input: 5)
    storedRanks = call.inputs.dropFirst().map { $0?.shape.rank ?? 0 }
    zeroType = call.has(input: 3) ? try call.input(3).elementType : nil
    let blocks = (inner + blockSize - 1) / blockSize
    var expected = [(1, ElementType.uint8, Int.limitedProduct(columns, blocks * blockSize * bits / 8))]
    expected.append((2, .float32, Int.limitedProduct(columns, blocks)))
    if let zeroType {
      let isPacked = zeroType == .uint8
      expected.append(
        (3, isPacked ? .uint8 : .float32, Int.limitedProduct(columns, isPacked ? (blocks * bits + 7) / 8 : blocks)))
    }
    if hasIndices { expected.append((4, .int32, inner)) }
    if hasBias { expected.append((5, .float32, columns)) }
    for (position, type, count) in expected {
      let input = try call.input(position)
      guard input.elementType == type, input.shape.elementCount == count else {
        throw call.error("its input number \(position + 1) is \(input), and should hold \(count) of \(type)")
      }
    }
    if let known = call.constants[safe: 4]??.integers(), known.contains(where: { !(0..<blocks).contains($0) }) {
      throw call.error("states a block that does not exist")
    }
  }

  /// The leading axes of A, then the columns.
  package var outputs: [TensorType] { [TensorType(source.replacing(axis: source.rank - 1, with: columns))] }

  /// The leading axes are tied; what is stored in blocks is frozen.
  package var axes: AxisRule? {
    let rank = source.rank
    var rule = AxisRule.identity(rank: rank, except: [rank - 1])
    let stored = storedRanks.enumerated().flatMap { position, rank in
      (0..<rank).map { PortAxis(.input(position + 1), $0) }
    }
    rule.frozen = ([PortAxis(.input(0), rank - 1), PortAxis(.output(0), rank - 1)] + stored).map {
      FrozenAxis($0, "multiplies weights of few bits in blocks (prune the network before it is quantised)")
    }
    return rule
  }

  /// Rows times columns times the length of the sums.
  package var cost: Cost { Cost(macs: Int.limitedProduct(source.elementCount, columns)) }
}

extension Array {
  /// The element at `position`, if there is one.
  fileprivate subscript(safe position: Int) -> Element? { indices.contains(position) ? self[position] : nil }
}
