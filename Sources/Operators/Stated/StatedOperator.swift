import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections

/// The stand-in for a node whose operator only a user's statement describes (``AxisStatement``).
///
/// Its outputs have the axes of the first input. The function that the operator computes is not known: where a network
/// is run, the first input stands for the output, so that the units in front of it are still seen by the layers behind.
/// Along a mixed axis whose size changes from m to n, output i is input `floor(i m / n)`.
package struct StatedOperator: Operator {
  /// `espalier::Stated`.
  package static let name: OperatorName = .own("Stated")

  /// The types of the outputs.
  package let outputs: [TensorType]
  private let used: [Int]
  private let operands: [Shape]
  private let mixed: Set<Int>
  private let vectorAxis: Int?
  private let meetsBranches: Bool

  /// Reads the statement that ``AxisStatement/attributes(shape:)`` wrote.
  package init(_ call: Invocation) throws(EspalierError) {
    let first = try call.input(0)
    func resolved(_ axis: Int) throws(EspalierError) -> Int {
      if let axis = first.shape.resolve(axis: axis) { return axis }
      throw call.error(
        "its rule speaks of axis \(axis), and its first input has \(first.shape.rank) axes", remedy: "mend the rules")
    }
    var mixed: Set<Int> = []
    for axis in call.node.integers("mixed") { mixed.insert(try resolved(axis)) }
    self.mixed = mixed
    vectorAxis = try call.node.integers("vectors").first.map(resolved)
    var shape = first.shape
    let declared = call.node.integers("shape")
    if declared.count == shape.rank {
      for axis in mixed where declared[axis] >= 0 { shape[axis] = declared[axis] }
    }
    outputs = call.node.outputs.map { _ in TensorType(shape, first.elementType) }
    used = call.node.outputs.indices.filter(call.has(output:))
    operands = call.inputs.map { $0?.shape ?? [] }
    meetsBranches = zip(call.inputs, call.constants).count { $0 != nil && $1 == nil } > 1
  }

  /// Whether a node of this operator is said to change nothing.
  package static func isIdentity(_ node: Node) -> Bool { node.ownAttribute("identity") != nil }

  /// Axes that are not mixed are tied to those of the outputs, of vectors the one that they belong to. An axis that goes
  /// with none is frozen, with those of the outputs that are as long: they may belong together.
  package var axes: AxisRule? {
    var rule = AxisRule(couplesBranches: meetsBranches)
    guard let shape = outputs.first?.shape else { return rule }
    func freeze(_ port: Port, _ axis: Int, _ reason: String) {
      rule.frozen.append(FrozenAxis(PortAxis(port, axis), reason))
    }
    for output in used {
      for axis in mixed.sorted() { freeze(.output(output), axis, Self.mixes) }
    }
    for (input, operand) in operands.enumerated() {
      for axis in operand.indices {
        let place = target(of: axis, operand, input)
        if mixed.contains(place) {
          freeze(.input(input), axis, Self.mixes)
        } else if place >= 0, operand[axis] == shape[place] {
          rule.ties += used.map { AxisTie(PortAxis(.input(input), axis), PortAxis(.output($0), place)) }
        } else if operand[axis] != 1 {
          freeze(.input(input), axis, Self.placesNowhere)
          for other in shape.indices where shape[other] == operand[axis] && !mixed.contains(other) {
            for output in used { freeze(.output(output), other, Self.placesNowhere) }
          }
        }
      }
    }
    return rule
  }

  private static let mixes = "mixes it, as the rules say"
  private static let placesNowhere = "has an input as long, and the rules do not say which axis that belongs to"

  /// The axis of the outputs that an axis of an input goes with, aligned at the end; negative if there is none.
  private func target(of axis: Int, _ operand: Shape, _ input: Int) -> Int {
    let rank = operands.first?.rank ?? 0
    return input > 0 && operand.rank == 1 ? vectorAxis ?? rank - 1 : axis + rank - operand.rank
  }
}

extension Node {
  /// The whole numbers of one of this project's attributes; none if the node has none such.
  fileprivate func integers(_ name: String) -> [Int] {
    if case .ints(let values)? = ownAttribute(name) { values.map(Int.init) } else { [] }
  }
}

extension AxisStatement {
  /// The statement as attributes of a node, with the sizes that the file declares of its output, -1 where it does not.
  package func attributes(shape: [Int]?) -> OrderedDictionary<String, Attribute> {
    var result: OrderedDictionary<String, Attribute> = ["mixed": .ints(mixedAxes.map(Int64.init))]
    if let vectorAxis { result["vectors"] = .ints([Int64(vectorAxis)]) }
    if isIdentity { result["identity"] = .int(1) }
    if let shape { result["shape"] = .ints(shape.map(Int64.init)) }
    return result
  }
}
