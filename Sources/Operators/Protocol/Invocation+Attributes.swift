import EspalierFiles
import EspalierGraph
import EspalierTensors

extension Invocation {
  /// The whole-number attribute `name`, or `standard` if the node does not set it.
  package func int(_ name: String, default standard: Int) throws(EspalierError) -> Int {
    switch node.attributes[name] {
    case nil: return standard
    case .int(let value): return Int(value)
    default: throw error("attribute \"\(name)\" is not a whole number")
    }
  }

  /// The attribute `name` as a number, or `standard` if the node does not set it.
  package func float(_ name: String, default standard: Float) throws(EspalierError) -> Float {
    switch node.attributes[name] {
    case nil: return standard
    case .float(let value): return value
    default: throw error("attribute \"\(name)\" is not a number")
    }
  }

  /// The text attribute `name`, or `standard` if the node does not set it.
  package func string(_ name: String, default standard: String) throws(EspalierError) -> String {
    switch node.attributes[name] {
    case nil: return standard
    case .string(let value): return value
    default: throw error("attribute \"\(name)\" is not text")
    }
  }

  /// The attribute `name` as a list of whole numbers; `nil` if the node does not set it.
  package func ints(_ name: String) throws(EspalierError) -> [Int]? {
    switch node.attributes[name] {
    case nil: return nil
    case .ints(let values): return values.map(Int.init)
    default: throw error("attribute \"\(name)\" is not a list of whole numbers")
    }
  }

  /// The attribute `name` as a list of numbers; `nil` if the node does not set it.
  package func floats(_ name: String) throws(EspalierError) -> [Float]? {
    switch node.attributes[name] {
    case nil: return nil
    case .floats(let values): return values
    default: throw error("attribute \"\(name)\" is not a list of numbers")
    }
  }

  /// The truth value that ONNX writes as 0 or 1.
  package func flag(_ name: String, default standard: Bool = false) throws(EspalierError) -> Bool {
    try int(name, default: standard ? 1 : 0) != 0
  }

  /// Whole numbers that an operator takes as an attribute in old operator sets and as a constant input in new ones.
  package func ints(_ name: String, orInput position: Int) throws(EspalierError) -> [Int]? {
    if let values = try ints(name) { return values }
    return try known(input: position) { $0.integers() }
  }

  /// Numbers that an operator takes as an attribute in old operator sets and as a constant input in new ones.
  package func floats(_ name: String, orInput position: Int) throws(EspalierError) -> [Float]? {
    if let values = try floats(name) { return values }
    return try known(input: position) { $0.floats() }
  }

  /// The result of `read` for the input at `position`, whose elements must be known; `nil` if it is omitted.
  func known<Value>(input position: Int, _ read: (Tensor) -> Value?) throws(EspalierError) -> Value? {
    guard has(input: position) else { return nil }
    let tensor = try knownInput(position)
    guard let value = read(tensor) else {
      throw error("cannot read input \"\(node.inputs[position])\" of \(tensor.elementType)")
    }
    return value
  }

  /// The axes of the input at `position` listed in `asked`, without repetitions; negative ones count from the end.
  package func axes(_ asked: [Int], ofInput position: Int = 0) throws(EspalierError) -> [Int] {
    let axes = try asked.map { (asked) throws(EspalierError) in try axis(asked, ofInput: position) }
    guard Set(axes).count == axes.count else { throw error("names one of the axes \(asked) twice") }
    return axes
  }

  /// The axis `axis` of the input at `position`; a negative one counts from the end.
  package func axis(_ axis: Int, ofInput position: Int) throws(EspalierError) -> Int {
    let shape = try input(position).shape
    guard let resolved = shape.resolve(axis: axis) else {
      throw error("axis \(axis) does not exist in its input of shape \(shape)")
    }
    return resolved
  }
}
