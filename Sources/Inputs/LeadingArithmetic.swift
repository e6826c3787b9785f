import EspalierGraph
import EspalierOperators
import EspalierTensors

/// What a network itself does to the numbers of an image before its first layer: `factor x + offset`, one of each for
/// every channel, or one for all.
///
/// Many networks normalise their images by a subtraction and a division, or by a batch normalisation. That says which
/// numbers they want: those of which it makes numbers around zero, of a spread near one.
struct LeadingArithmetic: Hashable {
  /// The factors; one for all channels, or one for each.
  private(set) var factors: [Double] = [1]
  /// The offsets, as many as factors.
  private(set) var offsets: [Double] = [0]
  /// The axis of the input along which the channels lie; `nil` if neither the arithmetic nor a layer says.
  private(set) var channelAxis: Int?

  /// The arithmetic on the input `name` of `graph`, whose constants are stored (`storingWhatIsKnown`).
  ///
  /// Nodes are followed as long as one alone reads the value and multiplies or adds stored numbers, moves axes, or
  /// changes nothing.
  ///
  /// - Complexity: O(nodes).
  init(onInput name: String, of graph: Graph) {
    let readers = graph.consumers()
    var (value, axes) = (name, [0, 1, 2, 3])
    while let node = readers[value].flatMap({ $0.count == 1 ? graph.nodes[$0[0]] : nil }),
      follow(node, from: value, of: graph, &axes), let output = node.outputs.first
    {
      value = output
    }
    channelAxis = channelAxis ?? graph.channelAxis(ofInput: name)
  }

  /// Whether there is none.
  var isNone: Bool { factors == [1] && offsets == [0] }

  /// Whether the network scales the numbers: by a factor below 1/2 or above 2.
  var isNormalization: Bool { factors.contains { abs($0) < 0.5 || abs($0) > 2 } }

  /// Applies one node; false if it is a layer. `axes` are the input's axes in the order of the value's.
  private mutating func follow(_ node: Node, from value: String, of graph: Graph, _ axes: inout [Int]) -> Bool {
    func stored(_ name: String) -> Vector? { graph.constants[name].flatMap { Vector($0, axes) } }
    switch node.op {
    case Identity.name, Cast.name, Dropout.name: return true
    case Transpose.name:
      guard case .ints(let order)? = node.attributes["perm"], order.sorted() == [0, 1, 2, 3] else { return false }
      axes = order.map { axes[Int($0)] }
      return true
    case BatchNormalization.name:
      guard let (factors, offsets) = Self.normalization(node, of: graph) else { return false }
      return apply(Vector(factors, axis: axes[1]), Vector(offsets, axis: axes[1]))
    case Add.name, Subtract.name, Multiply.name, Divide.name: break
    default: return false
    }
    guard node.inputs.count == 2 else { return false }
    let isFirst = node.inputs[0] == value
    guard let operand = stored(node.inputs[isFirst ? 1 : 0]) else { return false }
    switch (node.op, isFirst) {
    case (Add.name, _): return apply(.one, operand)
    case (Subtract.name, true): return apply(.one, operand.map { -$0 })
    case (Subtract.name, false): return apply(.one.map { -$0 }, operand)
    case (Multiply.name, _): return apply(operand, .zero)
    case (Divide.name, true): return apply(operand.map { 1 / $0 }, .zero)
    default: return false
    }
  }

  /// Applies `factor x + offset` to what there is; false if numbers lie along different axes.
  private mutating func apply(_ factor: Vector, _ offset: Vector) -> Bool {
    for vector in [factor, offset] {
      guard let axis = vector.axis else { continue }
      guard channelAxis ?? axis == axis, [1, vector.numbers.count].contains(factors.count) else { return false }
      channelAxis = axis
    }
    let count = max(factors.count, factor.numbers.count, offset.numbers.count)
    let (own, present) = (factors, offsets)
    factors = (0..<count).map { own[$0 % own.count] * factor.numbers[$0 % factor.numbers.count] }
    offsets = (0..<count).map {
      present[$0 % present.count] * factor.numbers[$0 % factor.numbers.count]
        + offset.numbers[$0 % offset.numbers.count]
    }
    return true
  }

  /// `(x - mean) / sqrt(variance)`, by the stored statistics of a batch normalisation: what it learnt to add afterwards
  /// says nothing of its input.
  private static func normalization(_ node: Node, of graph: Graph) -> ([Double], [Double])? {
    guard node.inputs.count >= 5, let mean = graph.constants[node.inputs[3]]?.doubles(),
      let variance = graph.constants[node.inputs[4]]?.doubles(), mean.count == variance.count, !mean.isEmpty
    else { return nil }
    let factors = variance.map { 1 / max($0, 1e-12).squareRoot() }
    return (factors, zip(mean, factors).map { -$0 * $1 })
  }
}

/// Stored numbers of an arithmetic node: one, or several along one axis of the input.
private struct Vector {
  var numbers: [Double]
  var axis: Int?

  static let one = Vector([1], axis: nil)
  static let zero = Vector([0], axis: nil)

  init(_ numbers: [Double], axis: Int?) {
    self.numbers = numbers
    self.axis = axis
  }

  /// The elements of `tensor`, broadcast against a value with the input's `axes`; `nil` if they lie along several.
  init?(_ tensor: Tensor, _ axes: [Int]) {
    guard let numbers = tensor.doubles(), !numbers.isEmpty, numbers.allSatisfy(\.isFinite), tensor.shape.rank <= 4
    else { return nil }
    let long = tensor.shape.sizes.indices.filter { tensor.shape[$0] != 1 }
    guard long.count <= 1 else { return nil }
    self.init(numbers, axis: long.first.map { axes[4 - tensor.shape.rank + $0] })
  }

  func map(_ change: (Double) -> Double) -> Vector { Vector(numbers.map(change), axis: axis) }
}
