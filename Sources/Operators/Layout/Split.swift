import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input divided along the attribute `axis` into as many pieces as there are outputs: of the stated sizes (an
/// attribute, or an input from operator set 13), or of equal sizes, with a smaller last one if `num_outputs` is set and
/// does not divide the size.
package struct Split: DifferentiableOperator {
  /// A part of the axis.
  package struct Piece: Hashable, Sendable {
    /// The offset of the piece along the axis.
    package let offset: Int
    /// The number of its elements.
    package let size: Int
  }

  /// `Split`.
  package static let name: OperatorName = "Split"

  /// The sizes of the parts.
  package static var inputsKnownBeforehand: [Int] { [1] }

  /// The input's shape with the size of each piece.
  package let outputs: [TensorType]
  /// The axis that is divided.
  package let axis: Int
  /// The part of the axis for each output.
  package let pieces: [Piece]
  private let input: Shape
  private let isRead: [Bool]
  private let opset: Int

  /// Reads `axis` and the sizes, whose sum must be that of the axis.
  package init(_ call: Invocation) throws(EspalierError) {
    let type = try call.input(0)
    input = type.shape
    let axis = try call.axis(try call.int("axis", default: 0), ofInput: 0)
    var next = 0
    pieces = try Self.sizes(call, of: input[axis]).map { size in
      defer { next += size }
      return Piece(offset: next, size: size)
    }
    outputs = pieces.map { TensorType(type.shape.replacing(axis: axis, with: $0.size), type.elementType) }
    _ = try call.elementWidth()
    self.axis = axis
    isRead = call.node.outputs.map { !$0.isEmpty }
    opset = call.opset
  }

  private static func sizes(_ call: Invocation, of whole: Int) throws(EspalierError) -> [Int] {
    let count = call.node.outputs.count
    if let sizes = try call.ints("split", orInput: 1) {
      guard sizes.count == count, sizes.allSatisfy({ (0...whole).contains($0) }), sizes.reduce(0, +) == whole else {
        throw call.error("cannot split \(whole) elements into \(count) pieces of sizes \(sizes)")
      }
      return sizes
    }
    let isUneven = call.node.attributes["num_outputs"] != nil
    guard count > 0, isUneven || whole % count == 0, try call.int("num_outputs", default: count) == count else {
      throw call.error("cannot split \(whole) elements into \(count) equal pieces")
    }
    let size = (whole + count - 1) / count
    return (0..<count).map { max(0, min(size, whole - $0 * size)) }
  }

  /// Along the axis, each output is tied to its part of the input; along the others, all outputs are tied to the input.
  package var axes: AxisRule? {
    var rule = AxisRule()
    for (position, piece) in pieces.enumerated() where isRead[position] {
      rule.ties += input.indices.map {
        AxisTie(PortAxis(.output(position), $0), PortAxis(.input(0), $0), offset: $0 == axis ? piece.offset : 0)
      }
    }
    return rule
  }

  /// Elements are only moved.
  package var sign: Sign { .preserved }

  /// Adapts the sizes to the remaining elements of each piece.
  package func resize(_ resizing: inout NodeResizing) {
    let kept = resizing.kept(PortAxis(.input(0), axis))
    let sizes = pieces.map { piece in kept.count { (piece.offset..<piece.offset + piece.size).contains($0) } }
    if let now = try? Split(resizing.now), now.pieces.map(\.size) == sizes { return }
    if opset < 13 { resizing.set("split", to: .ints([])) }
    resizing.set("num_outputs", to: nil)
    resizing.set(sizes, "split", orInput: 1)
  }

  /// The concatenated gradients of the pieces, with zeros for a piece without one.
  package func differentiate(_ gradients: inout GradientBuilder) {
    let known = gradients.outputGradients.compactMap { $0 }
    if known.count == outputs.count {
      gradients.set(gradients.add(Concat.name, known, ["axis": .int(Int64(axis))]), forInput: 0)
      return
    }
    var sum: String?
    for (gradient, piece) in zip(gradients.outputGradients, pieces) {
      guard let gradient else { continue }
      var ranges = input.map { SliceRange(count: $0) }
      ranges[axis] = SliceRange(start: piece.offset, count: piece.size)
      let part = gradients.spread(gradient, over: input, ranges)
      sum = sum.map { gradients.add(Add.name, [$0, part]) } ?? part
    }
    if let sum { gradients.set(sum, forInput: 0) }
  }
}
