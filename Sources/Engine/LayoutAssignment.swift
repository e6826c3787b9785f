import EspalierExecution
import EspalierOperators

/// The memory order of each value of a plan, and the steps including the necessary copies between orders.
///
/// Inputs, constants, parameters and results are in plain order, except for inputs declared to be in another and
/// results that may be in any. A step that requires another order than that of its operands reads copies, made once for
/// all such readers. A step that accepts any order takes that of most of its inputs or, if they do not determine it,
/// the order in which its outputs are wanted.
///
/// Complexity: O(steps).
struct LayoutAssignment {
  private struct Copy: Hashable {
    var value: String
    var order: AxisOrder
  }

  /// The steps, with reordering steps before those that need them.
  private(set) var steps: [Step] = []
  /// The types of the values, copies included.
  private(set) var types: [String: TensorType]
  /// The order of each value that is not in plain order.
  private(set) var orders: [String: AxisOrder] = [:]

  private let results: Set<String>
  /// The name of each value in each order that it exists in.
  private var names: [Copy: String] = [:]
  /// The values that a step wants in channels-last order.
  private var wanted: Set<String> = []

  /// Assigns orders according to the kernels of `backend`.
  init(_ plan: Plan, for backend: any Backend) {
    types = plan.types
    results = Set(plan.results).subtracting(plan.freeResults)
    orders = plan.inputOrders.filter { $0.value != .plain && plan.persistent[$0.key] != nil }
    for value in plan.persistent.keys { names[Copy(value: value, order: orders[value] ?? .plain)] = value }
    let rules = plan.steps.map { Self.rule(of: $0, on: backend) }
    for (step, rule) in zip(plan.steps, rules).reversed() { noteWanted(step, rule) }
    for (step, rule) in zip(plan.steps, rules) { append(step, rule) }
  }

  private static func rule(of step: Step, on backend: any Backend) -> LayoutRule {
    guard let node = step.node else { return LayoutRule(.plain) }
    guard step.isView else { return backend.layout(node) }
    // A step that only renames a value works in any order.
    return LayoutRule(node.inputs[0]?.shape == node.outputs[0].shape ? .any : .plain)
  }

  /// Whether the order of `value` makes a difference.
  private func matters(_ value: String) -> Bool {
    types[value].map { AxisOrder.matters(for: $0.shape) } ?? false
  }

  /// The inputs that are in the step's order.
  private func followers(_ step: Step, _ rule: LayoutRule) -> [String] {
    step.inputs.enumerated().filter { !rule.plainInputs.contains($0.offset) && matters($0.element) }.map(\.element)
  }

  private mutating func noteWanted(_ step: Step, _ rule: LayoutRule) {
    let passesOn = rule.choice == .any && step.outputs.contains(where: wanted.contains)
    if rule.choice == .channelsLast || passesOn { wanted.formUnion(followers(step, rule)) }
  }

  private func order(_ step: Step, _ rule: LayoutRule) -> AxisOrder {
    switch rule.choice {
    case .plain: return .plain
    case .channelsLast: return .channelsLast
    case .any:
      let followers = followers(step, rule)
      guard !followers.isEmpty else { return step.outputs.contains(where: wanted.contains) ? .channelsLast : .plain }
      let last = followers.filter { names[Copy(value: $0, order: .channelsLast)] != nil }
      return 2 * last.count >= followers.count ? .channelsLast : .plain
    }
  }

  private mutating func append(_ step: Step, _ rule: LayoutRule) {
    guard let node = step.node else { return }
    let order = order(step, rule)
    let inputs = step.inputs.enumerated().map { position, value in
      read(value, rule.plainInputs.contains(position) ? .plain : order)
    }
    let outputs = step.outputs.enumerated().map { position, value in
      write(value, rule.plainOutputs.contains(position) ? .plain : order)
    }
    steps.append(Step(work: .node(node, order), inputs: inputs, outputs: outputs))
    for value in step.outputs where results.contains(value) { _ = read(value, .plain) }
  }

  /// The name of `value` in `order`; adds a reordering step if it does not exist in that order yet.
  private mutating func read(_ value: String, _ order: AxisOrder) -> String {
    guard matters(value) else { return value }
    if let name = names[Copy(value: value, order: order)] { return name }
    let other: AxisOrder = order == .plain ? .channelsLast : .plain
    guard let source = names[Copy(value: value, order: other)] else { return value }
    let name = name(value, order)
    steps.append(Step(work: .reorder, inputs: [source], outputs: [name]))
    return name
  }

  /// The name of `value` as an output that a step writes in `order`.
  private mutating func write(_ value: String, _ order: AxisOrder) -> String {
    matters(value) ? name(value, order) : value
  }

  /// A name for `value` in `order`: its own for the first order it exists in, and for a result in plain order.
  private mutating func name(_ value: String, _ order: AxisOrder) -> String {
    let isFirst = !names.keys.contains(Copy(value: value, order: order == .plain ? .channelsLast : .plain))
    var name = value
    if results.contains(value) ? order != .plain : !isFirst {
      repeat { name += " (\(order))" } while types[name] != nil
      types[name] = types[value]
    }
    names[Copy(value: value, order: order)] = name
    if order != .plain { orders[name] = order }
    return name
  }
}
