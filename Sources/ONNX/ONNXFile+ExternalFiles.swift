import EspalierFiles

extension ONNXFile {
  /// The external files in which the model at `path` stores tensors.
  ///
  /// - Throws: `EspalierError` if a file is missing or damaged.
  package static func externalFiles(of path: String) throws(EspalierError) -> [String] {
    let bytes = try FileContents.read(path)
    let model: Onnx_ModelProto = try within(path) { () throws(EspalierError) in try parse(bytes, as: "an ONNX model") }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var files: Set<String> = []
    for tensor in model.graph.tensors {
      for entry in tensor.externalData where entry.key == "location" { files.insert(folder + entry.value) }
    }
    return files.sorted()
  }
}

extension Onnx_GraphProto {
  /// The tensors stored in the graph and in its nodes, including those of subgraphs.
  fileprivate var tensors: [Onnx_TensorProto] {
    initializer
      + node.flatMap(\.attribute).flatMap { attribute in
        [attribute.t] + attribute.tensors + ([attribute.g] + attribute.graphs).flatMap(\.tensors)
      }
  }
}
