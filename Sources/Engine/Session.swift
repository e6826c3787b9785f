import Files
import Operators
import Tensors

/// A plan with its memory and kernels: runs as often as wanted, allocating nothing.
///
/// Parameters lie in the session's memory and may be changed there between runs, as training does. One session must not be
/// used from two threads at once.
public final class Session {
  /// What is run.
  public let plan: Plan
  private let arena: Memory
  private let own: [String: Memory]
  private var fed: Set<String> = []
  private let steps: [(kernel: any Kernel, operands: Operands)]

  /// Allocates the memory of `plan`, stores its constants and makes its kernels.
  ///
  /// - Parameter other: A session of the same network for other shapes, which is never run at the same time. Parameters lie in its
  ///   memory, as they are there, and so do intermediate values where they fit: a session for the largest shapes comes first.
  /// - Throws: `DataError` if the backend cannot run a node, or the values need more memory than there is.
  public init(_ plan: Plan, on backend: any Backend = Backends.standard, sharing other: Session? = nil) throws {
    let plan = try plan.fused(for: backend).laidOut(for: backend)
    try plan.checkMemory()
    let shared = other.flatMap { $0.plan.arenaByteCount >= plan.arenaByteCount ? $0.arena : nil }
    let arena = shared ?? Memory(byteCount: plan.arenaByteCount)
    var own: [String: Memory] = [:]
    let parameters = plan.settable.subtracting(plan.inputs).filter { other?.plan.types[$0] == plan.types[$0] }
    for name in plan.persistent.keys {
      let taken = parameters.contains(name) ? other?.own[name] : nil
      own[name] = taken ?? Memory(byteCount: plan.types[name]!.byteCount)
    }
    func buffer(_ value: String) -> Buffer {
      let (type, order) = (plan.types[value]!, plan.orders[value] ?? .plain)
      switch plan.places[value]! {
      case .arena(let offset): return Buffer(address: arena.address + offset, type: type, order: order)
      case .own(let name): return Buffer(address: own[name]!.address, type: type, order: order)
      }
    }
    for case (let name, let tensor?) in plan.persistent where other?.own[name] == nil || !parameters.contains(name) {
      buffer(name).write(tensor)
    }
    var steps: [(any Kernel, Operands)] = []
    var spare: [Memory] = []
    for step in plan.steps where !step.isView {
      let inputs = step.inputs.map { $0.isEmpty ? nil : buffer($0) }
      var outputs = step.outputs.map { $0.isEmpty ? nil : buffer($0) }
      switch step.work {
      case .reorder:
        let type = plan.types[step.outputs[0]]!
        let kernel = backend.reorder(type, from: inputs[0]!.order, to: outputs[0]!.order)
        steps.append((kernel, Operands(inputs: inputs, outputs: outputs.compactMap { $0 })))
      case .node(let invocation, let order):
        outputs += Array(repeating: nil, count: max(0, invocation.outputs.count - outputs.count))
        let all = zip(outputs, invocation.outputs).map { output, type in
          if let output { return output }
          // An output nobody wants is computed all the same.
          spare.append(Memory(byteCount: type.byteCount))
          return Buffer(address: spare.last!.address, type: type)
        }
        let kernel = try backend.kernel(OperatorRegistry.find(invocation.node.op)!, invocation, in: order)
        steps.append((kernel, Operands(inputs: inputs, outputs: all)))
      }
    }
    self.plan = plan
    self.arena = arena
    self.own = own.merging(zip(spare.indices.map { "spare \($0)" }, spare)) { first, _ in first }
    self.steps = steps
  }

  /// Where the value called `name` lies. Results, inputs and constants hold still between runs; anything else only until the
  /// next step overwrites it.
  public func buffer(_ name: String) throws -> Buffer {
    guard let place = plan.places[name], let type = plan.types[name] else {
      throw DataError("value \"\(name)\"", "is not part of what is computed")
    }
    let order = plan.orders[name] ?? .plain
    switch place {
    case .arena(let offset): return Buffer(address: arena.address + offset, type: type, order: order)
    case .own(let owner): return Buffer(address: own[owner]!.address, type: type, order: order)
    }
  }

  /// Sets an input or parameter.
  ///
  /// - Throws: `DataError` if there is no such input or parameter, or the tensor is not of the type the plan was compiled for.
  public func set(_ name: String, to tensor: Tensor) throws {
    let place = try buffer(name)
    guard plan.settable.contains(name) else {
      throw DataError("value \"\(name)\"", "is neither an input nor a parameter that may change")
    }
    guard TensorType(of: tensor) == place.type else {
      throw DataError("input \"\(name)\"", "is \(TensorType(of: tensor)), and \(place.type) is expected")
    }
    place.write(tensor)
    fed.insert(name)
  }

  /// Sets an input or parameter to a value in any order.
  ///
  /// - Throws: `DataError` if there is no such input, or the value is not of the type the plan was compiled for.
  public func set(_ name: String, to value: StoredValue) throws {
    let place = try buffer(name)
    guard plan.settable.contains(name), value.type == place.type else {
      throw DataError("input \"\(name)\"", "cannot be set to \(value.type)")
    }
    place.write(value)
    fed.insert(name)
  }

  /// Sets several inputs; those that the results do not depend on are passed over.
  ///
  /// - Throws: `DataError` as ``set(_:to:)`` does.
  public func feed(_ inputs: [String: Tensor]) throws {
    for (name, tensor) in inputs where plan.places[name] != nil { try set(name, to: tensor) }
  }

  /// Runs all steps on what the inputs hold.
  public func run() {
    for step in steps { step.kernel.run(step.operands) }
  }

  /// Sets the inputs, runs, and copies the results out. Inputs that the results do not depend on are passed over.
  ///
  /// - Throws: `DataError` as ``set(_:to:)`` does, or if an input was given neither now nor before.
  public func run(_ inputs: [String: Tensor]) throws -> [String: Tensor] {
    try feed(inputs)
    for name in plan.inputs where !fed.contains(name) { throw DataError("input \"\(name)\"", "is given no data") }
    run()
    return try Dictionary(uniqueKeysWithValues: Set(plan.results).map { ($0, try buffer($0).tensor()) })
  }
}
