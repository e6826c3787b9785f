import EspalierFiles
import EspalierTensors
import OrderedCollections

extension Graph {
  /// The same graph with all values of half precision in single precision, which is what they are computed with;
  /// ``storedTypes`` records what they were.
  ///
  /// Nodes keep the types they name: a cast to half precision rounds.
  package func widened() -> Graph {
    var graph = self
    for position in nodes.indices { graph.nodes[position].attributes = nodes[position].widenedAttributes }
    guard holdsHalfPrecision else { return graph }
    for (name, tensor) in constants where tensor.elementType.isFloatingPoint {
      graph.storedTypes[name] = tensor.elementType
      graph.constants[name] = tensor.widened()
    }
    for node in nodes {
      if let tensor = node.statedTensor, tensor.elementType.isFloatingPoint, let output = node.outputs.first {
        graph.storedTypes[output] = tensor.elementType
      }
    }
    graph.inputs = inputs.map { graph.widen($0) }
    graph.outputs = outputs.map { graph.widen($0) }
    graph.intermediates = intermediates.map { graph.widen($0) }
    return graph
  }

  /// The inverse of ``widened()``: values are of the types that the file had. A constant that the file did not have
  /// gets the type of the values that its first reader combines it with.
  ///
  /// - Throws: `EspalierError` if a finite constant is beyond the range of its type.
  package func narrowed() throws(EspalierError) -> Graph {
    var graph = self
    for position in nodes.indices {
      graph.nodes[position].attributes = try nodes[position].narrowedAttributes(storedTypes)
    }
    guard !storedTypes.isEmpty else { return graph }
    let types = typesOfNewConstants().merging(storedTypes) { $1 }
    for (name, tensor) in constants where tensor.elementType == .float32 {
      guard let type = types[name], type.isHalfPrecision else { continue }
      graph.constants[name] = try tensor.narrowedWithinRange(to: type, name)
    }
    func narrow(_ value: ValueInfo) -> ValueInfo {
      var value = value
      if value.elementType == .float32 { value.elementType = storedTypes[value.name] ?? .float32 }
      return value
    }
    graph.inputs = inputs.map(narrow)
    graph.outputs = outputs.map(narrow)
    graph.intermediates = intermediates.map(narrow)
    graph.storedTypes = [:]
    return graph
  }

  private var holdsHalfPrecision: Bool {
    constants.values.contains { $0.elementType.isHalfPrecision }
      || (inputs + outputs + intermediates).contains { $0.elementType?.isHalfPrecision ?? false }
      || nodes.contains { $0.statedTensor?.elementType.isHalfPrecision ?? false }
  }

  /// Records the type of a declared value, and returns the declaration in single precision.
  private mutating func widen(_ value: ValueInfo) -> ValueInfo {
    guard let type = value.elementType, type.isFloatingPoint else { return value }
    storedTypes[value.name] = type
    var value = value
    if type.isHalfPrecision { value.elementType = .float32 }
    return value
  }

  /// The types of constants without a record, which follow from those of the values beside them: a node's values are of
  /// one type, unless it is a cast.
  private func typesOfNewConstants() -> [String: ElementType] {
    var types = storedTypes
    for node in nodes {
      let type = node.inputs.lazy.compactMap { types[$0] }.first
      for input in node.inputs where constants[input] != nil { types[input] = types[input] ?? type }
      let made: ElementType? =
        switch node.attributes["to"] {
        case .int(10)?: .float16
        case .int(16)?: .bfloat16
        case .int?: .float32
        default: type
        }
      for output in node.outputs { types[output] = types[output] ?? made }
    }
    return types
  }
}

extension Node {
  /// The tensor of a node that states its output: that of `Constant`, or the element of `ConstantOfShape`.
  fileprivate var statedTensor: Tensor? {
    guard op.domain.isEmpty, ["Constant", "ConstantOfShape"].contains(op.type),
      case .tensor(let tensor)? = attributes["value"]
    else { return nil }
    return tensor
  }

  fileprivate var widenedAttributes: OrderedDictionary<String, Attribute> {
    var widened = attributes
    if let tensor = statedTensor { widened["value"] = .tensor(tensor.widened()) }
    for (name, attribute) in attributes {
      switch attribute {
      case .graph(let graph): widened[name] = .graph(graph.widened())
      case .graphs(let graphs): widened[name] = .graphs(graphs.map { $0.widened() })
      default: break
      }
    }
    return widened
  }

  fileprivate func narrowedAttributes(
    _ types: [String: ElementType]
  ) throws(EspalierError) -> OrderedDictionary<String, Attribute> {
    var narrowed = attributes
    if let tensor = statedTensor, tensor.elementType == .float32, let output = outputs.first, let type = types[output],
      type.isHalfPrecision
    {
      narrowed["value"] = .tensor(try tensor.narrowedWithinRange(to: type, output))
    }
    for (name, attribute) in attributes {
      switch attribute {
      case .graph(let graph): narrowed[name] = .graph(try graph.narrowed())
      case .graphs(let graphs):
        narrowed[name] = .graphs(try graphs.map { (graph) throws(EspalierError) in try graph.narrowed() })
      default: break
      }
    }
    return narrowed
  }
}

extension Tensor {
  fileprivate func narrowedWithinRange(to type: ElementType, _ name: String) throws(EspalierError) -> Tensor {
    let numbers = elements(as: Float.self)
    if let lost = numbers.first(where: { $0.isFinite && !$0.rounded(to: type).isFinite }) {
      throw EspalierError(
        .model, "constant \"\(name)\"", "holds \(lost), which \(type) cannot represent",
        remedy: "convert the model to float32 first")
    }
    return narrowed(to: type)
  }
}
