import EspalierONNX
import Foundation

extension Onnx_ModelProto {
  /// The same model in one of the many ways to write it: tensors as raw bytes, no empty texts, no other names for the
  /// standard domain, types of attributes said. Written without the decoder, so that it can judge it.
  var normalised: Onnx_ModelProto {
    var copy = self
    if producerName.isEmpty { copy.clearProducerName() }
    if producerVersion.isEmpty { copy.clearProducerVersion() }
    if domain.isEmpty { copy.clearDomain() }
    if docString.isEmpty { copy.clearDocString() }
    if modelVersion == 0 { copy.clearModelVersion() }
    copy.opsetImport = opsetImport.map { opset in
      .with { ($0.domain, $0.version) = (opset.domain == "ai.onnx" ? "" : opset.domain, opset.version) }
    }
    copy.graph = graph.normalised
    return copy
  }
}

extension Onnx_GraphProto {
  fileprivate var normalised: Onnx_GraphProto {
    var copy = self
    if name.isEmpty { copy.clearName() }
    if docString.isEmpty { copy.clearDocString() }
    copy.node = node.map(\.normalised)
    copy.initializer = initializer.map(\.normalised)
    copy.input = input.map(\.normalised)
    copy.output = output.map(\.normalised)
    copy.valueInfo = valueInfo.map(\.normalised)
    return copy
  }
}

extension Onnx_NodeProto {
  fileprivate var normalised: Onnx_NodeProto {
    var copy = self
    if name.isEmpty { copy.clearName() }
    if domain.isEmpty || domain == "ai.onnx" { copy.clearDomain() }
    if docString.isEmpty { copy.clearDocString() }
    if overload.isEmpty { copy.clearOverload() }
    copy.attribute = attribute.map {
      var attribute = $0
      if attribute.docString.isEmpty { attribute.clearDocString() }
      if attribute.refAttrName.isEmpty { attribute.clearRefAttrName() }
      switch attribute.type {
      case .int: attribute.i = $0.i
      case .float: attribute.f = $0.f
      case .string: attribute.s = $0.s
      case .tensor: attribute.t = $0.t.normalised
      case .graph: attribute.g = $0.g.normalised
      case .tensors: attribute.tensors = $0.tensors.map(\.normalised)
      case .graphs: attribute.graphs = $0.graphs.map(\.normalised)
      default: break
      }
      return attribute
    }
    return copy
  }
}

extension Onnx_ValueInfoProto {
  fileprivate var normalised: Onnx_ValueInfoProto {
    var copy = self
    if docString.isEmpty { copy.clearDocString() }
    if type.denotation.isEmpty && hasType { copy.type.clearDenotation() }
    if type.value == nil && type.denotation.isEmpty { copy.clearType() }
    if case .tensorType(let tensor) = type.value, tensor.hasShape {
      copy.type.tensorType.shape.dim = tensor.shape.dim.map {
        var dimension = $0
        if dimension.value == .dimParam("") { dimension.value = nil }
        if dimension.denotation.isEmpty { dimension.clearDenotation() }
        return dimension
      }
    }
    return copy
  }
}

extension Onnx_TensorProto {
  /// The tensor with its elements in `raw_data`, as the specification says they would stand there.
  var normalised: Onnx_TensorProto {
    var copy = self
    if name.isEmpty { copy.clearName() }
    if docString.isEmpty { copy.clearDocString() }
    if dataLocation == .default { copy.clearDataLocation() }
    guard dataType != code(.string) else { return copy }
    var raw = rawData
    for number in floatData { withUnsafeBytes(of: number.bitPattern.littleEndian) { raw.append(contentsOf: $0) } }
    for number in doubleData { withUnsafeBytes(of: number.bitPattern.littleEndian) { raw.append(contentsOf: $0) } }
    for number in int64Data { withUnsafeBytes(of: number.littleEndian) { raw.append(contentsOf: $0) } }
    for number in uint64Data {
      let width = dataType == code(.uint32) ? 4 : 8
      withUnsafeBytes(of: number.littleEndian) { raw.append(contentsOf: $0.prefix(width)) }
    }
    for number in int32Data {
      let width = [code(.int32): 4, code(.int8): 1, code(.uint8): 1, code(.bool): 1][dataType] ?? 2
      withUnsafeBytes(of: number.littleEndian) { raw.append(contentsOf: $0.prefix(width)) }
    }
    (copy.floatData, copy.doubleData, copy.int64Data, copy.uint64Data, copy.int32Data) = ([], [], [], [], [])
    copy.rawData = raw
    return copy
  }
}
