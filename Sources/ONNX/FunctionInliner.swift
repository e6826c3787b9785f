import EspalierFiles
import EspalierGraph

/// Replaces calls of a model's own functions by the nodes of their bodies, so that a graph holds operators alone.
///
/// Values and nodes of a body get names that begin with that of the calling node, or of its first output if it has
/// none.
struct FunctionInliner {
  private let functions: [String: Onnx_FunctionProto]
  private let opsets: [String: Int64]
  /// The names of all values so far.
  private var names = NameTable(of: Graph())
  /// The number of nodes that calls may still add.
  private var room = mostNodes
  /// The deepest nesting of calls; a function must not call itself.
  private static let deepest = 64
  /// The most nodes that calls may add: a chain of functions that call each other twice doubles with every link.
  private static let mostNodes = 1 << 20

  /// The functions of `model`.
  ///
  /// - Throws: `EspalierError` if a function is written in another version of an operator set than the model.
  init(_ model: Onnx_ModelProto) throws(EspalierError) {
    var opsets: [String: Int64] = [:]
    for opset in model.opsetImport { opsets[Self.domain(opset.domain)] = opset.version }
    var functions: [String: Onnx_FunctionProto] = [:]
    for function in model.functions {
      for opset in function.opsetImport {
        let domain = Self.domain(opset.domain)
        guard opsets[domain, default: opset.version] == opset.version else {
          throw EspalierError(
            .model, "function \"\(function.name)\"",
            "is written in version \(opset.version) of the operators \"\(domain)\", and the model in "
              + "version \(opsets[domain] ?? 0)", remedy: "inline it with onnx.inliner")
        }
        opsets[domain] = opset.version
      }
      functions[Self.key(function.domain, function.name, function.overload)] = function
    }
    (self.functions, self.opsets) = (functions, opsets)
    for name in model.graph.valueNames { names.insert(name) }
  }

  /// The model without functions.
  ///
  /// - Throws: `EspalierError` if calls are nested too deep, or add too many nodes.
  mutating func inline(_ model: Onnx_ModelProto) throws(EspalierError) -> Onnx_ModelProto {
    var model = model
    model.functions = []
    guard model.hasGraph else { return model }
    let graph = model.graph
    model.clearGraph()
    model.graph = try inline(graph, depth: 0)
    let known = Set(model.opsetImport.map { Self.domain($0.domain) })
    model.opsetImport += opsets.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.map { domain, version in
      .with { ($0.domain, $0.version) = (domain, version) }
    }
    return model
  }

  private static func domain(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }

  private static func key(_ domain: String, _ name: String, _ overload: String) -> String {
    [Self.domain(domain), name, overload].joined(separator: "\u{0}")
  }

  private mutating func inline(_ graph: Onnx_GraphProto, depth: Int) throws(EspalierError) -> Onnx_GraphProto {
    var graph = graph
    let nodes = graph.node
    graph.node = []
    for node in nodes { graph.node += try expand(node, depth: depth) }
    return graph
  }

  private mutating func expand(_ node: Onnx_NodeProto, depth: Int) throws(EspalierError) -> [Onnx_NodeProto] {
    guard depth <= Self.deepest else {
      throw EspalierError(.model, "node \"\(node.name)\"", "calls functions more than \(Self.deepest) deep")
    }
    if depth > 0 { room -= 1 }
    guard room > 0 else {
      throw EspalierError(
        .model, "function \"\(node.opType)\"", "is one of those whose calls make more than \(Self.mostNodes) nodes")
    }
    guard let function = functions[Self.key(node.domain, node.opType, node.overload)] else {
      var node = node
      for position in node.attribute.indices {
        if node.attribute[position].hasG {
          node.attribute[position].g = try inline(node.attribute[position].g, depth: depth + 1)
        }
        for place in node.attribute[position].graphs.indices {
          node.attribute[position].graphs[place] = try inline(node.attribute[position].graphs[place], depth: depth + 1)
        }
      }
      return [node]
    }
    let call = FunctionCall(function, node, &names)
    var result: [Onnx_NodeProto] = []
    for step in function.node { result += try expand(call.rewrite(step), depth: depth + 1) }
    return result + call.missingOutputs
  }
}

/// One call of a function: its values by their names in the body.
private struct FunctionCall {
  private let prefix: String
  private var names: [String: String] = ["": ""]
  private var attributes: [String: Onnx_AttributeProto] = [:]
  /// Nodes for outputs that are inputs handed through.
  private(set) var missingOutputs: [Onnx_NodeProto] = []

  /// The call of `function` by `node`; values of its own get names that are free in `table`.
  init(_ function: Onnx_FunctionProto, _ node: Onnx_NodeProto, _ table: inout NameTable) {
    let label = node.name.isEmpty ? node.output.first { !$0.isEmpty } ?? function.name : node.name
    prefix = "\(label)/"
    for attribute in function.attributeProto { attributes[attribute.name] = attribute }
    for attribute in node.attribute { attributes[attribute.name] = attribute }
    for (position, name) in function.input.enumerated() {
      names[name] = position < node.input.count ? node.input[position] : ""
    }
    for (name, output) in zip(function.output, node.output) where !output.isEmpty {
      if let source = names[name] {
        missingOutputs.append(.with { ($0.opType, $0.input, $0.output) = ("Identity", [source], [output]) })
      } else {
        names[name] = output
      }
    }
    for name in function.node.flatMap(\.valueNames) where names[name] == nil { names[name] = table.take(prefix + name) }
  }

  /// A node of the body with the names and attributes of the call.
  func rewrite(_ step: Onnx_NodeProto) -> Onnx_NodeProto {
    var node = step
    node.name = step.name.isEmpty ? "" : prefix + step.name
    node.input = step.input.map(rename)
    node.output = step.output.map(rename)
    node.attribute = step.attribute.compactMap(rewrite)
    return node
  }

  private func rename(_ name: String) -> String { names[name] ?? prefix + name }

  /// The attribute with references replaced; `nil` if it refers to one that is not given.
  private func rewrite(_ attribute: Onnx_AttributeProto) -> Onnx_AttributeProto? {
    var attribute = attribute
    if !attribute.refAttrName.isEmpty {
      guard var given = attributes[attribute.refAttrName] else { return nil }
      given.name = attribute.name
      return given
    }
    if attribute.hasG { attribute.g = rewrite(attribute.g) }
    attribute.graphs = attribute.graphs.map(rewrite)
    return attribute
  }

  /// A subgraph of the body: all its values are renamed, its own and those it captures.
  private func rewrite(_ graph: Onnx_GraphProto) -> Onnx_GraphProto {
    var graph = graph
    graph.node = graph.node.map(rewrite)
    func renamed(_ value: Onnx_ValueInfoProto) -> Onnx_ValueInfoProto {
      var value = value
      value.name = rename(value.name)
      return value
    }
    graph.input = graph.input.map(renamed)
    graph.output = graph.output.map(renamed)
    graph.valueInfo = graph.valueInfo.map(renamed)
    for position in graph.initializer.indices {
      graph.initializer[position].name = rename(graph.initializer[position].name)
    }
    return graph
  }
}

extension Onnx_GraphProto {
  /// The names of the values that are fed to the graph, stored in it or made by its nodes.
  fileprivate var valueNames: [String] { input.map(\.name) + initializer.map(\.name) + node.flatMap(\.valueNames) }
}

extension Onnx_NodeProto {
  /// The names of the node's outputs, and of the values of its subgraphs.
  fileprivate var valueNames: [String] {
    var names = output
    for attribute in self.attribute {
      if attribute.hasG { names += attribute.g.valueNames }
      names += attribute.graphs.flatMap(\.valueNames)
    }
    return names
  }
}
