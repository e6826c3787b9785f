import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Rotary position embedding: pairs of numbers of each head turned by angles of their position,
/// `(a, b)` becomes `(a cos - b sin, a sin + b cos)`.
///
/// X is `N x heads x S x size` or, with the attribute `num_heads`, `N x S x heads size`. The angles' cosines and sines
/// are rows of `max positions x rotated size / 2`, picked by the positions `N x S`, or given for each position. Pairs
/// are the halves of the rotated part or, with `interleaved`, adjacent numbers.
///
/// Source: J. Su et al., "RoFormer: enhanced transformer with rotary position embedding" (2021), section 3.4.2.
struct RotaryRotation: Hashable, Sendable {
  /// The shape of X.
  let shape: Shape
  /// The number of heads.
  let heads: Int
  /// The size of a head.
  let size: Int
  /// The number of elements of a head that are turned.
  let rotated: Int
  /// Whether pairs are adjacent numbers.
  let isInterleaved: Bool
  /// Whether there are more angles than pairs, of which the first count.
  private let hasMoreAngles: Bool
  private let anglesRank: Int
  /// Whether the node states the number of heads.
  private let statesHeads: Bool

  private var batch: Int { shape[0] }
  private var steps: Int { shape.rank == 4 ? shape[2] : shape[1] }

  /// Reads the attributes of a node whose cosines are the input at `cosines`.
  init(_ call: Invocation, cosines: Int) throws(EspalierError) {
    shape = try call.floatInput(0).shape
    let angles = try call.floatInput(cosines).shape
    isInterleaved = try call.flag("interleaved")
    let stated = try call.int("rotary_embedding_dim", default: 0)
    let count = try call.int("num_heads", default: 0)
    statesHeads = count > 0
    switch shape.rank {
    case 4: (heads, size) = (shape[1], shape[3])
    case 3:
      // Without their number, heads are as wide as the angles say.
      let width = stated > 0 ? stated : 2 * (angles.last ?? 0)
      heads = count > 0 ? count : width > 0 ? shape[2] / width : 0
      guard heads > 0, shape[2] % heads == 0 else { throw call.error("cannot divide \(shape) into \(heads) heads") }
      size = shape[2] / heads
    default: throw call.error("cannot turn pairs of \(shape)")
    }
    rotated = stated > 0 ? stated : size
    guard rotated <= size, rotated % 2 == 0, let width = angles.last, width >= rotated / 2 else {
      throw call.error("has angles of \(angles) for \(rotated) of the \(size) numbers of a head")
    }
    (hasMoreAngles, anglesRank) = (width > rotated / 2, angles.rank)
  }

  /// Adds the rotation of `value` by `cosines` and `sines`, which are picked by `positions` if there are any.
  func add(
    _ value: String, cosines: String, sines: String, positions: String?, to body: inout BodyBuilder
  ) -> String {
    // One row of angles for each sample and step, the same for all heads.
    func angles(_ name: String) -> String {
      var picked = positions.map { body.add(Gather.name, [name, $0], ["axis": .int(0)]) } ?? name
      if hasMoreAngles {
        let first = body.store(Tensor(shape: [rotated / 2], (0..<rotated / 2).map(Int64.init)))
        picked = body.add(Gather.name, [picked, first], ["axis": .int(Int64(positions == nil ? anglesRank - 1 : 2))])
      }
      return body.reshape(picked, to: [batch, steps, 1, rotated / 2])
    }
    let (cosine, sine) = (angles(cosines), angles(sines))
    let ordered = shape.rank == 4 ? body.transpose(value, [0, 2, 1, 3]) : value
    let split = body.reshape(ordered, to: [batch, steps, heads, size])
    func part(_ places: [Int]) -> String {
      let stored = body.store(Tensor(shape: [places.count], places.map(Int64.init)))
      return body.add(Gather.name, [split, stored], ["axis": .int(3)])
    }
    let half = rotated / 2
    let a = part((0..<half).map { isInterleaved ? 2 * $0 : $0 })
    let b = part((0..<half).map { isInterleaved ? 2 * $0 + 1 : $0 + half })
    func product(_ first: String, _ second: String) -> String { body.add(Multiply.name, [first, second]) }
    let first = body.add(Subtract.name, [product(a, cosine), product(b, sine)])
    let second = body.add(Add.name, [product(a, sine), product(b, cosine)])
    var turned = body.add(Concat.name, [first, second], ["axis": .int(3)])
    if isInterleaved {
      let order = body.store(Tensor(shape: [rotated], (0..<rotated).map { Int64($0 % 2 * half + $0 / 2) }))
      turned = body.add(Gather.name, [turned, order], ["axis": .int(3)])
    }
    if rotated < size { turned = body.add(Concat.name, [turned, part(Array(rotated..<size))], ["axis": .int(3)]) }
    return shape.rank == 4 ? body.transpose(turned, [0, 2, 1, 3]) : body.reshape(turned, to: shape)
  }

  /// Heads are tied to those of the output, as blocks where they are merged with their elements, which are frozen. So
  /// are the steps. Samples are tied, and to the positions if there are any.
  func rule(_ call: Invocation, positions: Int?, cosines: Int) -> AxisRule {
    var rule = AxisRule(ties: [AxisTie(PortAxis(.input(0), 0), PortAxis(.output(0), 0))])
    func rank(_ position: Int) -> Int { call.inputs[position]?.shape.rank ?? 0 }
    // Angles of each sample go with it; all other axes of angles and positions are frozen.
    let own = positions.map { rank($0) == 2 ? [$0] : [] } ?? [cosines, cosines + 1].filter { rank($0) == 3 }
    rule.ties += own.map { AxisTie(PortAxis(.input($0), 0), PortAxis(.output(0), 0)) }
    for position in [cosines, cosines + 1] + (positions.map { [$0] } ?? []) {
      rule.frozen += ((own.contains(position) ? 1 : 0)..<rank(position)).map {
        FrozenAxis(PortAxis(.input(position), $0), "holds angles of positions")
      }
    }
    rule.freeze(shape.rank == 4 ? 2 : 1, "turns by positions along it")
    if shape.rank == 4 {
      rule.ties.append(AxisTie(PortAxis(.input(0), 1), PortAxis(.output(0), 1)))
      rule.freeze(3, "turns pairs of its elements")
    } else {
      rule.ties.append(AxisTie(PortAxis(.input(0), 2), PortAxis(.output(0), 2)))
      rule.blocks = [AxisBlocks(PortAxis(.output(0), 2), size: size)]
    }
    return rule
  }

  /// Adapts the number of heads, where the node states it.
  func resize(_ resizing: inout NodeResizing) {
    guard statesHeads else { return }
    let shape = resizing.inputShape(0)
    resizing.set("num_heads", to: .int(Int64(shape.rank == 4 ? shape[1] : shape[2] / max(size, 1))))
  }
}

/// The rotation of pairs by their positions, by ``RotaryRotation``: inputs X, cosines, sines, and positions.
package struct RotaryEmbedding: CompositeOperator {
  /// `RotaryEmbedding`.
  package static let name: OperatorName = "RotaryEmbedding"

  /// The rotation.
  package let body: Body
  /// The rule of the rotation.
  package let axes: AxisRule?
  private let rotation: RotaryRotation

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let rotation = try RotaryRotation(call, cosines: 1)
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      body.finish([
        rotation.add(
          try body.required(0), cosines: try body.required(1), sines: try body.required(2),
          positions: body.input(3), to: &body)
      ])
    }
    axes = rotation.rule(call, positions: call.has(input: 3) ? 3 : nil, cosines: 1)
    self.rotation = rotation
  }

  /// Adapts the number of heads.
  package func resize(_ resizing: inout NodeResizing) { rotation.resize(&resizing) }
}

/// ONNX Runtime's rotation of pairs by their positions, by ``RotaryRotation``: inputs X, positions, cosines, and sines.
/// One position is that of the first step of all samples.
package struct MicrosoftRotaryEmbedding: CompositeOperator {
  /// `com.microsoft::RotaryEmbedding`.
  package static let name: OperatorName = .microsoft("RotaryEmbedding")

  /// The rotation.
  package let body: Body
  /// The rule of the rotation.
  package let axes: AxisRule?
  private let rotation: RotaryRotation

  /// Parses a node.
  package init(_ call: Invocation) throws(EspalierError) {
    let rotation = try RotaryRotation(call, cosines: 2)
    let positions = try call.input(1).shape
    let (batch, steps) = (rotation.shape[0], rotation.shape[rotation.shape.rank - 2])
    body = try Body(call) { (body: inout BodyBuilder) throws(EspalierError) in
      var places = try body.required(1)
      if positions.elementCount == 1 {
        let offsets = body.store(
          Tensor(shape: [batch, steps], (0..<batch * steps).map { Int64($0 % max(steps, 1)) }))
        places = body.add(Add.name, [offsets, body.reshape(places, to: [])])
      }
      body.finish([
        rotation.add(
          try body.required(0), cosines: try body.required(2), sines: try body.required(3), positions: places,
          to: &body)
      ])
    }
    axes = rotation.rule(call, positions: 1, cosines: 2)
    self.rotation = rotation
  }

  /// Adapts the number of heads.
  package func resize(_ resizing: inout NodeResizing) { rotation.resize(&resizing) }
}
