import EspalierExecution
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// A plan with its memory and kernels: runs as often as wanted, allocating nothing.
///
/// Parameters lie in the session's memory and may be changed there between runs, as training does. One session must not be
/// used from two threads at once.
package final class Session {
  /// What is run.
  package let plan: Plan
  private let device: any Device
  private let arena: any DeviceMemory
  private let own: [String: any DeviceMemory]
  private var fed: Set<String> = []
  private let steps: [(kernel: any Kernel, operands: Operands)]

  /// Allocates the memory of `plan`, stores its constants and makes its kernels.
  ///
  /// - Parameter other: A session of the same network for other shapes, which is never run at the same time. Parameters lie in its
  ///   memory, as they are there, and so do intermediate values where they fit: a session for the largest shapes comes first.
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
          // An output nobody wants is computed all the same.
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

  /// Where the value called `name` lies. Results, inputs and constants hold still between runs; anything else only until the
  /// next step overwrites it.
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

  /// A copy of the value called `name`, as it lies: of a result, an input or a constant, or of anything else before the next
  /// step overwrites it.
  package func value(_ name: String) throws(EspalierError) -> StoredValue { device.read(try buffer(name)) }

  /// Sets an input or parameter.
  ///
  /// - Throws: `EspalierError` if there is no such input or parameter, or the tensor is not of the type the plan was compiled for.
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

  /// Sets an input or parameter to a value in any order.
  ///
  /// - Throws: `EspalierError` if there is no such input, or the value is not of the type the plan was compiled for.
  package func set(_ name: String, to value: StoredValue) throws(EspalierError) {
    let place = try buffer(name)
    guard plan.settable.contains(name), value.type == place.type else {
      throw EspalierError(.model, "input \"\(name)\"", "cannot be set to \(value.type)")
    }
    device.write(value, to: place)
    fed.insert(name)
  }

  /// Sets several inputs; those that the results do not depend on are passed over.
  ///
  /// - Throws: `EspalierError` as ``set(_:to:)`` does.
  package func feed(_ inputs: [String: Tensor]) throws(EspalierError) {
    for (name, tensor) in inputs where plan.places[name] != nil { try set(name, to: tensor) }
  }

  /// Runs all steps on what the inputs hold.
  package func run() {
    for step in steps { device.run(step.kernel, on: step.operands) }
    device.wait()
  }

  /// Sets the inputs, runs, and copies the results out. Inputs that the results do not depend on are passed over.
  ///
  /// - Throws: `EspalierError` as ``set(_:to:)`` does, or if an input was given neither now nor before.
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
