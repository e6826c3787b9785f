import EspalierFiles
import EspalierGraph
import EspalierTensors
import OrderedCollections
import SwiftProtobuf

extension GraphDecoder {
  /// A value's declaration; `role` is the list that contains it.
  func value(_ message: WireMessage, role: String) throws(EspalierError) -> ValueInfo {
    let proto: Onnx_ValueInfoProto = try message.parse()
    let place = "\(role) \"\(proto.name)\""
    try proto.requireKnownFields(place)
    try refuse(proto.name.isEmpty, .file, place, "has no name")
    return try within(place) { () throws(EspalierError) in
      var value = ValueInfo(proto.name, nil, nil, documentation: proto.docString)
      value.metadata = try OrderedDictionary(decoding: proto.metadataProps)
      try proto.type.requireKnownFields("type")
      value.denotation = proto.type.denotation
      switch proto.type.value {
      case nil: break
      case .tensorType(let type): try declare(type, of: &value)
      case .sequenceType, .mapType, .optionalType, .sparseTensorType, .opaqueType:
        value.otherType = try serialize(proto.type)
      }
      return value
    }
  }

  private func declare(_ type: Onnx_TypeProto.Tensor, of value: inout ValueInfo) throws(EspalierError) {
    try type.requireKnownFields("type")
    value.elementType = type.elemType == 0 ? nil : try ElementType(onnx: type.elemType)
    guard type.hasShape else { return }
    try type.shape.requireKnownFields("shape")
    value.dimensions = []
    for (axis, dimension) in type.shape.dim.enumerated() {
      try dimension.requireKnownFields("axis \(axis)")
      value.dimensions?.append(try size(dimension, axis: axis))
    }
    let denotations = type.shape.dim.map(\.denotation)
    if !denotations.allSatisfy(\.isEmpty) { value.axisDenotations = denotations }
  }

  private func size(_ proto: Onnx_TensorShapeProto.Dimension, axis: Int) throws(EspalierError) -> Dimension {
    switch proto.value {
    // Some tools write -1 for an unknown size.
    case nil, .dimParam(""), .dimValue(-1): return .unknown
    case .dimParam(let name): return .symbolic(name)
    case .dimValue(let size):
      guard size >= 0 else {
        throw EspalierError(.file, "axis \(axis)", "has the size \(size)", remedy: "give unknown sizes a name instead")
      }
      return .fixed(Int(size))
    }
  }
}
