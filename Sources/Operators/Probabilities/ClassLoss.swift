import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The loss of log probabilities P against target classes t: `L_n = -w[t_n] P[n, t_n]`, for each sample n and each
/// position of further axes; 0 where `t_n` is the attribute `ignore_index`.
///
/// The attribute `reduction` gives the losses themselves (`none`), their sum, or their mean: the sum divided by that of
/// the weights `w[t_n]`, which are 1 without the third input.
struct ClassLoss: Hashable, Sendable {
  /// The shape of P: samples x classes x positions.
  let shape: Shape
  private let reduction: String
  private let ignored: Int?
  private let targets: TensorType

  /// Reads the shapes of the log probabilities (or logits), the targets and the optional weights of classes.
  init(_ call: Invocation) throws(EspalierError) {
    shape = try call.floatInput(0).shape
    targets = try call.indices(at: 1)
    reduction = try call.string("reduction", default: "mean")
    ignored = call.node.attributes["ignore_index"] == nil ? nil : try call.int("ignore_index", default: 0)
    guard ["none", "sum", "mean"].contains(reduction) else {
      throw call.error("its reduction is \"\(reduction)\", none of none, sum and mean")
    }
    guard shape.rank >= 2, targets.shape.sizes == [shape[0]] + shape.dropFirst(2) else {
      throw call.error("compares \(shape) with targets of \(targets.shape)")
    }
    if call.has(input: 2), try call.floatInput(2).shape != [shape[1]] {
      throw call.error("has no weight for each of \(shape[1]) classes")
    }
  }

  /// Adds the loss of `probabilities`, the logarithms P.
  func add(_ probabilities: String, to body: inout BodyBuilder) throws(EspalierError) -> String {
    let mask = isTarget(try body.required(1), &body)
    let zero = body.store(Tensor(scalar: Float(0)))
    let axis = body.store(Tensor(shape: [1], [Int64(1)]))
    func sumOverClasses(_ value: String) -> String {
      body.add(
        ReduceSum.name, [body.add(Where.name, [mask, value, zero]), axis], ["keepdims": .int(0)])
    }
    let one = body.store(Tensor(scalar: Float(1)))
    let column = Shape([1, shape[1]] + Array(repeating: 1, count: shape.rank - 2))
    let weights = sumOverClasses(body.input(2).map { body.reshape($0, to: column) } ?? one)
    let losses = body.add(Negate.name, [body.add(Multiply.name, [sumOverClasses(probabilities), weights])])
    if reduction == "none" { return losses }
    let sum = body.add(ReduceSum.name, [losses], ["keepdims": .int(0)])
    if reduction == "sum" { return sum }
    return body.add(Divide.name, [sum, body.add(ReduceSum.name, [weights], ["keepdims": .int(0)])])
  }

  /// Truth values in the shape of P: whether a class is the target.
  private func isTarget(_ targets: String, _ body: inout BodyBuilder) -> String {
    var targets = targets
    if self.targets.elementType == .int32 { targets = body.add(Cast.name, [targets], ["to": .int(7)]) }
    if let ignored {
      // A class that does not exist.
      let isIgnored = body.add(Equal.name, [targets, body.store(Tensor(scalar: Int64(ignored)))])
      targets = body.add(Where.name, [isIgnored, body.store(Tensor(scalar: Int64(shape[1]))), targets])
    }
    let depth = body.store(Tensor(shape: [1], [Int64(shape[1])]))
    let values = body.store(Tensor(shape: [2], [false, true]))
    return body.add(OneHot.name, [targets, depth, values], ["axis": .int(1)])
  }

  /// The axis of the classes is frozen. Samples and positions are tied to those of the targets, and of the losses where
  /// these are not reduced.
  func rule(_ call: Invocation) -> AxisRule {
    var rule = AxisRule(frozen: [FrozenAxis(PortAxis(.input(0), 1), "chooses from it")])
    if call.has(input: 2) { rule.frozen.append(FrozenAxis(PortAxis(.input(2), 0), "chooses from it")) }
    for axis in shape.indices where axis != 1 {
      let position = axis == 0 ? 0 : axis - 1
      if reduction == "none" {
        rule.ties.append(AxisTie(PortAxis(.input(0), axis), PortAxis(.output(0), position)))
        rule.ties.append(AxisTie(PortAxis(.input(1), position), PortAxis(.output(0), position)))
      } else {
        rule.frozen += [PortAxis(.input(0), axis), PortAxis(.input(1), position)].map {
          FrozenAxis($0, "sums losses over it")
        }
      }
    }
    return rule
  }
}
