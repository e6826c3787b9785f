import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// A plan with its memory and kernels. It can be run any number of times without allocating.
///
/// Parameters are in the session's memory and may be changed there between runs, as in training. A session must not be
/// used by two threads at once.
package final class Session {
  /// The plan that the session runs.
  package let plan: Plan
  private let device: any Device
  private let arena: any DeviceMemory
  private let own: [String: any DeviceMemory]
  private var fed: Set<String> = []
  private let steps: [(kernel: any Kernel, operands: Operands)]

  /// Allocates the memory of `plan`, stores its constants and creates its kernels.
  ///
  /// - Parameter other: A session of the same network for other shapes that never runs at the same time. The new
  ///   session shares its parameters, with their present values, and its memory for intermediate values if that is
  ///   large enough: create the session for the largest shapes first.
  /// - Throws: `EspalierError` if the backend cannot run a node, or the values need more memory than there is.
  package init(_ plan: Plan, on backend: any Backend = Backends.standard, sharing other: Session? = nil)
    throws(EspalierError)
  {
    let plan = plan.fused(for: backend).laidOut(for: backend)
    try plan.checkMemory()
    let device = backend.device
    let shared = other.flatMap { $0.plan.arenaByteCount >= plan.arenaByteCount ? $0.arena : nil }
    let arena = shared ?? device.allocate(byteCount: plan.arenaByteCount)
    var own: [String: any DeviceMemory] = [:]
    let parameters = plan.settable.subtracting(plan.inputs).filter { other?.plan.types[$0] == plan.types[$0] }
    for name in plan.persistent.keys {
      let taken = parameters.contains(name) ? other?.own[name] : nil
      own[name] = taken ?? device.allocate(byteCount: plan.types[name]!.byteCount)
    }
    func buffer(_ value: String) -> Buffer {
      let (type, order) = (plan.types[value]!, plan.orders[value] ?? .plain)
      switch plan.places[value]! {
      case .arena(let offset): return Buffer(address: arena.address + offset, type: type, order: order)
      case .own(let name): return Buffer(address: own[name]!.address, type: type, order: order)
      }
    }
    for case (let name, let tensor?) in plan.persistent where other?.own[name] == nil || !parameters.contains(name) {
      device.write(StoredValue(tensor), to: buffer(name))
    }
    var steps: [(any Kernel, Operands)] = []
    var spare: [any DeviceMemory] = []
    for step in plan.steps where !step.isView {
      let inputs = step.inputs.map { $0.isEmpty ? nil : buffer($0) }
      var outputs = step.outputs.map { $0.isEmpty ? nil : buffer($0) }
      switch step.work {
      case .reorder:
        let type = plan.types[step.outputs[0]]!
        let kernel = backend.reorder(type, from: inputs[0]!.order, to: outputs[0]!.order)
        steps.append((kernel, Operands(inputs: inputs, outputs: outputs.compactMap { $0 })))
      case .node(let node, let order):
        outputs += Array(repeating: nil, count: max(0, node.outputs.count - outputs.count))
        let all = zip(outputs, node.outputs).map { output, type in
          if let output { return output }
          // A kernel computes all its outputs, even those that are not needed.
          spare.append(device.allocate(byteCount: type.byteCount))
          return Buffer(address: spare.last!.address, type: type)
        }
        steps.append((try backend.kernel(node, in: order), Operands(inputs: inputs, outputs: all)))
      }
    }
    self.plan = plan
    self.device = device
    self.arena = arena
    self.own = own.merging(zip(spare.indices.map { "spare \($0)" }, spare)) { first, _ in first }
    self.steps = steps
  }

  /// The buffer of the value called `name`. Results, inputs and constants are unchanged between runs; any other value
  /// is valid only until a later step overwrites it.
  package func buffer(_ name: String) throws(EspalierError) -> Buffer {
    guard let place = plan.places[name], let type = plan.types[name] else {
      throw EspalierError(.model, "value \"\(name)\"", "is not part of what is computed")
    }
    let order = plan.orders[name] ?? .plain
    switch place {
    case .arena(let offset): return Buffer(address: arena.address + offset, type: type, order: order)
    case .own(let owner): return Buffer(address: own[owner]!.address, type: type, order: order)
    }
  }

  /// A copy of the value called `name`, in its memory order: of a result, an input or a constant, or of any other value
  /// before a later step overwrites it.
  package func value(_ name: String) throws(EspalierError) -> StoredValue { device.read(try buffer(name)) }

  /// Sets an input or parameter.
  ///
  /// - Throws: `EspalierError` if there is no such input or parameter, or the tensor does not have the type the plan
  ///   was compiled for.
  package func set(_ name: String, to tensor: Tensor) throws(EspalierError) {
    let place = try buffer(name)
    guard plan.settable.contains(name) else {
      throw EspalierError(.model, "value \"\(name)\"", "is neither an input nor a parameter that may change")
    }
    guard TensorType(of: tensor) == place.type else {
      throw EspalierError(.model, "input \"\(name)\"", "is \(TensorType(of: tensor)), and \(place.type) is expected")
    }
    device.write(StoredValue(tensor), to: place)
    fed.insert(name)
  }

  /// Sets an input or parameter to a value in any memory order.
  ///
  /// - Throws: `EspalierError` if there is no such input or parameter, or the value does not have the type the plan was
  ///   compiled for.
  package func set(_ name: String, to value: StoredValue) throws(EspalierError) {
    let place = try buffer(name)
    guard plan.settable.contains(name), value.type == place.type else {
      throw EspalierError(.model, "input \"\(name)\"", "cannot be set to \(value.type)")
    }
    device.write(value, to: place)
    fed.insert(name)
  }

  /// Sets several inputs; those that the results do not depend on are ignored.
  ///
  /// - Throws: `EspalierError` as ``set(_:to:)`` does.
  package func feed(_ inputs: [String: Tensor]) throws(EspalierError) {
    for (name, tensor) in inputs where plan.places[name] != nil { try set(name, to: tensor) }
  }

  /// Runs all steps on the present inputs.
  package func run() {
    for step in steps { device.run(step.kernel, on: step.operands) }
    device.wait()
  }

  /// Sets the inputs, runs, and copies the results out. Inputs that the results do not depend on are ignored.
  ///
  /// - Throws: `EspalierError` as ``set(_:to:)`` does, or if an input has never been set.
  package func run(_ inputs: [String: Tensor]) throws(EspalierError) -> [String: Tensor] {
    try feed(inputs)
    for name in plan.inputs where !fed.contains(name) {
      throw EspalierError(.model, "input \"\(name)\"", "is given no data")
    }
    run()
    var results: [String: Tensor] = [:]
    for name in plan.results { results[name] = try value(name).tensor() }
    return results
  }
}
