import EspalierGraph
import EspalierInference
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

/// An invalid node.
struct Fault {
  var op: OperatorName
  var inputs: [TensorType?]
  var attributes: OrderedDictionary<String, Attribute> = [:]
  var opset = 17
}

/// A fault of a node is an error that names the node, and never ends the program.
@Suite struct InvalidNodeTests {
  private static let half = TensorType([2, 3], .float16)
  private static func float(_ shape: Shape) -> TensorType { TensorType(shape) }
  private static let truths = TensorType([2], .bool)

  private static let faults: [Fault] =
    [
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([4, 2])]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2])], attributes: ["transA": .int(1)]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2])], attributes: ["transB": .int(1)]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3])]),
      Fault(op: Gemm.name, inputs: [float([]), float([])]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2]), float([3])]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2]), float([1, 2, 2])]),
      Fault(op: Gemm.name, inputs: [float([1, 3]), float([3, 2]), float([2, 2])]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2])], attributes: ["alpha": .int(1)]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), float([3, 2])], attributes: ["transA": .float(1)]),
      Fault(op: Gemm.name, inputs: [half, float([3, 2])]),
      Fault(op: Gemm.name, inputs: [float([2, 3])]),
      Fault(op: Gemm.name, inputs: [float([2, 3]), nil]),
      Fault(op: Gemm.name, inputs: []),
      Fault(op: Gemm.name, inputs: [float([1 << 40, 0]), float([0, 1 << 40])]),
      Fault(op: MatMul.name, inputs: [float([]), float([2])]),
      Fault(op: MatMul.name, inputs: [float([2, 3]), float([2, 3])]),
      Fault(op: MatMul.name, inputs: [float([2, 2, 3]), float([3, 3, 2])]),
      Fault(op: MatMul.name, inputs: [float([1 << 40, 0]), float([0, 1 << 40])]),
      Fault(op: BatchedProduct.name, inputs: [float([2, 3]), float([2, 3])]),
      Fault(op: BatchedProduct.name, inputs: [float([3]), float([3, 2])]),
      Fault(op: Add.name, inputs: [float([2]), float([3])]),
      Fault(op: Add.name, inputs: [float([2]), TensorType([2], .int64)]),
      Fault(op: Multiply.name, inputs: [nil, float([2])]),
      Fault(op: Add.name, inputs: [float([1 << 40, 1, 0]), float([1, 1 << 40, 1])]),
      Fault(op: Relu.name, inputs: [half]),
      Fault(op: Tanh.name, inputs: []),
      Fault(op: LeakyRelu.name, inputs: [float([2])], attributes: ["alpha": .int(1)]),
      Fault(op: ThresholdedRelu.name, inputs: [float([2])], attributes: ["alpha": .int(1)]),
      Fault(op: Elu.name, inputs: [float([2])], attributes: ["alpha": .ints([1])]),
      Fault(op: Celu.name, inputs: [float([2])], attributes: ["alpha": .string("1")]),
      Fault(op: Selu.name, inputs: [float([2])], attributes: ["gamma": .int(1)]),
      Fault(op: HardSigmoid.name, inputs: [float([2])], attributes: ["beta": .int(1)]),
      Fault(op: Gelu.name, inputs: [float([2])], attributes: ["approximate": .string("sinh")], opset: 20),
      Fault(op: Softmax.name, inputs: [float([2, 3])], attributes: ["axis": .int(2)]),
      Fault(op: Softmax.name, inputs: [float([2, 3])], attributes: ["axis": .int(-3)]),
      Fault(op: Softmax.name, inputs: [float([2, 3])], attributes: ["axis": .int(.min)], opset: 11),
      Fault(op: Softmax.name, inputs: [float([])]),
      Fault(op: Softmax.name, inputs: [float([3])], opset: 11),
      Fault(op: LogSoftmax.name, inputs: [float([3])], attributes: ["axis": .ints([0])]),
      Fault(op: LogSoftmax.name, inputs: [TensorType([3], .string)]),
      Fault(op: SoftmaxCrossEntropy.name, inputs: [float([2, 3]), float([3, 2])]),
      Fault(op: SoftmaxCrossEntropy.name, inputs: [float([2]), float([2])]),
      Fault(op: Flatten.name, inputs: [float([2, 3])], attributes: ["axis": .int(3)]),
      Fault(op: Flatten.name, inputs: [float([2, 3])], attributes: ["axis": .int(-3)]),
      Fault(op: Flatten.name, inputs: [float([2, 3])], attributes: ["axis": .int(.max)]),
      Fault(op: Reshape.name, inputs: [float([2, 3])]),
      Fault(op: Reshape.name, inputs: [float([2, 3]), TensorType([1], .int64)]),
      Fault(op: Reshape.name, inputs: [float([2, 3])], attributes: ["shape": .ints([7])]),
      Fault(op: Reshape.name, inputs: [float([2, 3])], attributes: ["shape": .ints([.min])]),
      Fault(op: View.name, inputs: [float([2, 3])], attributes: ["shape": .ints([-1])]),
      Fault(op: View.name, inputs: [float([2, 3])]),
      Fault(op: Transpose.name, inputs: [float([2, 3])], attributes: ["perm": .ints([0])]),
      Fault(op: Transpose.name, inputs: [float([2, 3])], attributes: ["perm": .ints([0, 0])]),
      Fault(op: Transpose.name, inputs: [float([2, 3])], attributes: ["perm": .ints([0, 2])]),
      Fault(op: Transpose.name, inputs: [float([2, 3])], attributes: ["perm": .ints([-1, 0])]),
      Fault(op: Transpose.name, inputs: []),
      Fault(op: Constant.name, inputs: []),
      Fault(op: Constant.name, inputs: [], attributes: ["value_int": .int(1), "value_float": .float(1)]),
      Fault(op: Constant.name, inputs: [], attributes: ["value": .graph(Graph())]),
      Fault(op: Dropout.name, inputs: [float([2]), nil, TensorType([], .bool)]),
      Fault(op: Identity.name, inputs: []),
      Fault(op: ReduceSum.name, inputs: [float([2, 3])], attributes: ["axes": .ints([2])]),
      Fault(op: ReduceSum.name, inputs: [float([2, 3])], attributes: ["axes": .ints([-3])]),
      Fault(op: ReduceSum.name, inputs: [float([2, 3])], attributes: ["axes": .ints([1, -1])]),
      Fault(op: ReduceMean.name, inputs: [float([2, 3])], attributes: ["axes": .ints([0, 0])]),
      Fault(op: ReduceMean.name, inputs: [float([2, 3]), TensorType([1], .int64)]),
      Fault(op: ReduceMean.name, inputs: [float([])], attributes: ["axes": .ints([0])]),
      Fault(op: ReduceMean.name, inputs: [half]),
      Fault(op: SumToShape.name, inputs: [float([2, 3])], attributes: ["shape": .ints([2])]),
      Fault(op: SumToShape.name, inputs: [float([2, 3])]),
      Fault(op: SquaredNorm.name, inputs: []),
      Fault(
        op: UnitInteraction.name, inputs: [float([2, 3]), float([3, 1, 2])], attributes: ["rows": .ints([0, 1])]),
      Fault(
        op: UnitInteraction.name, inputs: [float([2, 3]), float([3, 1, 2])], attributes: ["rows": .ints([0, 1, 3])]),
      Fault(op: BroadcastToShape.name, inputs: [float([2, 3])], attributes: ["shape": .ints([3])]),
      Fault(op: BroadcastToShape.name, inputs: [float([3])], attributes: ["shape": .ints([-3])]),
      Fault(op: Concat.name, inputs: [float([2, 3]), float([2, 3])]),
      Fault(op: Concat.name, inputs: [float([2, 3]), float([2, 4])], attributes: ["axis": .int(0)]),
      Fault(op: Concat.name, inputs: [float([2, 3]), TensorType([2, 3], .int64)], attributes: ["axis": .int(0)]),
      Fault(op: Concat.name, inputs: [], attributes: ["axis": .int(0)]),
      Fault(op: Split.name, inputs: [float([2, 3])], attributes: ["split": .ints([1, 1])]),
      Fault(op: Split.name, inputs: [float([2, 3])], attributes: ["split": .ints([-1])]),
      Fault(op: Split.name, inputs: [float([2, 3])], attributes: ["axis": .int(2)]),
      Fault(op: Split.name, inputs: [float([2, 3])], attributes: ["num_outputs": .int(.max)], opset: 18),
      Fault(op: Slice.name, inputs: [float([2, 3])]),
      Fault(op: Slice.name, inputs: [float([2])], attributes: ["starts": .ints([0]), "ends": .ints([0, 1])]),
      Fault(
        op: Slice.name, inputs: [float([2])],
        attributes: ["starts": .ints([0]), "ends": .ints([1]), "steps": .ints([0])]),
      Fault(op: Slice.name, inputs: [TensorType([2], .string), TensorType([1], .int64), TensorType([1], .int64)]),
      Fault(op: Pad.name, inputs: [float([2])]),
      Fault(op: Pad.name, inputs: [float([2])], attributes: ["pads": .ints([1])]),
      Fault(op: Pad.name, inputs: [float([2])], attributes: ["pads": .ints([-3, 0])]),
      Fault(op: Pad.name, inputs: [float([2])], attributes: ["pads": .ints([.max, .max])]),
      Fault(op: Pad.name, inputs: [float([0])], attributes: ["pads": .ints([1, 1]), "mode": .string("edge")]),
      Fault(op: Pad.name, inputs: [float([2])], attributes: ["pads": .ints([1, 1]), "mode": .string("cubic")]),
      Fault(op: Expand.name, inputs: [float([2, 3])], attributes: ["shape": .ints([4, 3])]),
      Fault(op: Expand.name, inputs: [float([2, 3])], attributes: ["shape": .ints([-1])]),
      Fault(op: Tile.name, inputs: [float([2, 3])], attributes: ["repeats": .ints([2])]),
      Fault(op: Tile.name, inputs: [float([2])], attributes: ["repeats": .ints([.max])]),
      Fault(op: Tile.name, inputs: [float([2])], attributes: ["repeats": .ints([-1])]),
      Fault(op: Gather.name, inputs: [float([2, 3]), float([1])]),
      Fault(op: Gather.name, inputs: [float([]), TensorType([1], .int64)]),
      Fault(op: Squeeze.name, inputs: [float([2, 1])], attributes: ["axes": .ints([0])]),
      Fault(op: Squeeze.name, inputs: [float([2, 1])], attributes: ["axes": .ints([1, -1])]),
      Fault(op: Unsqueeze.name, inputs: [float([2])], attributes: ["axes": .ints([2])]),
      Fault(op: Unsqueeze.name, inputs: [float([2])], attributes: ["axes": .ints([0, 0])]),
      Fault(op: Unsqueeze.name, inputs: [float([2])]),
      Fault(op: Sum.name, inputs: [float([2]), float([3])]),
      Fault(op: Sum.name, inputs: []),
      Fault(op: Maximum.name, inputs: [float([2]), TensorType([2], .int32)]),
      Fault(op: Minimum.name, inputs: [truths]),
      Fault(op: Power.name, inputs: [float([2]), truths]),
      Fault(op: PRelu.name, inputs: [float([2]), float([3, 2])]),
      Fault(op: Clip.name, inputs: [float([2]), float([2])]),
      Fault(op: Clip.name, inputs: [float([2]), nil, TensorType([], .int64)]),
      Fault(op: Clip.name, inputs: [float([2])], attributes: ["min": .int(0)], opset: 9),
      Fault(op: ReduceMax.name, inputs: [float([2])], attributes: ["axes": .ints([1])]),
      Fault(op: ReduceMin.name, inputs: [half]),
      Fault(op: Equal.name, inputs: [float([2]), TensorType([2], .int64)]),
      Fault(op: Less.name, inputs: [float([2]), float([3])]),
      Fault(op: Greater.name, inputs: [half, half]),
      Fault(op: And.name, inputs: [truths, float([2])]),
      Fault(op: Not.name, inputs: [float([2])]),
      Fault(op: Where.name, inputs: [float([2]), float([2]), float([2])]),
      Fault(op: Where.name, inputs: [truths, float([2]), TensorType([2], .int64)]),
      Fault(op: ShapeOf.name, inputs: []),
      Fault(op: ShapeOf.name, inputs: [float([2])], attributes: ["start": .float(1)]),
      Fault(op: ConstantOfShape.name, inputs: [TensorType([1], .int64)]),
      Fault(op: ConstantOfShape.name, inputs: [], attributes: ["shape": .ints([2]), "value": .int(1)]),
      Fault(op: NumberRange.name, inputs: [float([]), float([]), float([])]),
      Fault(op: NumberRange.name, inputs: [float([]), TensorType([], .int64), float([])]),
      Fault(op: Cast.name, inputs: [float([2])]),
      Fault(op: Cast.name, inputs: [half], attributes: ["to": .int(1)]),
      Fault(op: Resize.name, inputs: [float([2, 3])]),
      Fault(op: Resize.name, inputs: [float([2, 3]), nil, nil, TensorType([2], .int64)]),
      Fault(op: Resize.name, inputs: [half], attributes: ["sizes": .ints([2])]),
      Fault(op: Resize.name, inputs: [float([2, 0])], attributes: ["sizes": .ints([2, 2])]),
      Fault(op: Resize.name, inputs: [float([2, 3])], attributes: ["sizes": .ints([2])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["sizes": .ints([0])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["sizes": .ints([.max])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([0.1])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([-1])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([.nan])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([.infinity])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .ints([2])]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([2]), "mode": .string("area")]),
      Fault(
        op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([2]), "nearest_mode": .string("up")]),
      Fault(
        op: Resize.name, inputs: [float([2])],
        attributes: ["scales": .floats([2]), "coordinate_transformation_mode": .string("pixels")]),
      Fault(
        op: Resize.name, inputs: [float([2])],
        attributes: ["scales": .floats([2]), "coordinate_transformation_mode": .string("tf_crop_and_resize")]),
      Fault(
        op: Resize.name, inputs: [float([2])],
        attributes: ["sizes": .ints([2]), "keep_aspect_ratio_policy": .string("round")]),
      Fault(op: Resize.name, inputs: [float([2])], attributes: ["scales": .floats([2]), "axes": .ints([1])]),
      Fault(op: Upsample.name, inputs: [float([2]), float([1])], opset: 9),
      Fault(op: ResizeDerivative.name, inputs: [float([4])], attributes: ["shape": .ints([2])]),
      Fault(
        op: ResizeDerivative.name, inputs: [float([2])], attributes: ["shape": .ints([2]), "places0": .ints([2, 0])]),
      Fault(op: Dropout.name, inputs: [float([2]), TensorType([], .float32), TensorType([], .bool)]),
    ] + InvalidConvolutions.faults + InvalidSelections.faults + InvalidAttention.faults
    + InvalidAdditions.faults

  @Test(arguments: faults.indices)
  func faultsNameTheNode(position: Int) {
    let fault = Self.faults[position]
    let names = fault.inputs.indices.map { fault.inputs[$0] == nil ? "" : "x\($0)" }
    let graph = Graph(
      nodes: [Node(fault.op, name: "at fault", names, ["y"], fault.attributes)],
      inputs: names.filter { !$0.isEmpty }.map { ValueInfo($0, nil) }, outputs: [ValueInfo("y")],
      opsets: ["": fault.opset, "espalier": 1])
    var feeds: [String: TensorType] = [:]
    for (name, type) in zip(names, fault.inputs) { feeds[name] = type }
    let error = anyDataError { _ = try TypeInference(graph, feeds: feeds) }
    #expect(error?.subject == "node \"at fault\" (\(fault.op))", "\(fault)")
  }

  @Test func everyStandardOperatorIsTriedWithAFault() {
    let tried = Set(Self.faults.map(\.op))
    let known = OperatorRegistry.standard.map { $0.name }
    // These share one rule with an operator that is tried.
    let same: Set<OperatorName> = [
      Subtract.name, Divide.name, Sigmoid.name, Negate.name, Mish.name, HardSwish.name, Softplus.name, Softsign.name,
      Absolute.name, Reciprocal.name, SquareRoot.name, Exponential.name, Logarithm.name, ErrorFunction.name,
      LessOrEqual.name, GreaterOrEqual.name, Or.name, Xor.name,
    ]
    for name in known where !same.contains(name) { #expect(tried.contains(name), "\(name)") }
  }

  @Test func trainingModeOfDropoutIsRefused() {
    var graph = Graph(
      nodes: [Node(Dropout.name, name: "d", ["x", "", "training"], ["y"])], inputs: [ValueInfo("x")],
      constants: ["training": Tensor(scalar: true)])
    let feeds = ["x": TensorType([2])]
    #expect(anyDataError { _ = try TypeInference(graph, feeds: feeds) }?.fault == "runs in training mode")
    graph.constants["training"] = Tensor(scalar: false)
    #expect(anyDataError { _ = try TypeInference(graph, feeds: feeds) } == nil)
  }
}
