import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierInference
import EspalierKernels
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import OrderedCollections
import Testing

@Suite struct ConvolutionTests {
  /// A convolution by its definition, over any number of spatial axes.
  private func convolution(
    _ x: Tensor, _ w: Tensor, _ b: Tensor?, groups: Int, strides: [Int], dilations: [Int], pads: [Int]
  ) -> Tensor {
    let (source, weights, bias) = (Naive(x), Naive(w), b.map(Naive.init))
    let spatial = strides.indices
    let windows = spatial.map { axis in
      let reach = (w.shape[axis + 2] - 1) * dilations[axis] + 1
      return (x.shape[axis + 2] + pads[axis] + pads[axis + strides.count] - reach) / strides[axis] + 1
    }
    let (outputs, channels) = (w.shape[0] / groups, w.shape[1])
    return Tensor(Shape([x.shape[0], w.shape[0]] + windows)) { position in
      var sum = bias.map { Double($0[[position[1]]]) } ?? 0
      for channel in 0..<channels {
        for tap in Shape(Array(w.shape.dropFirst(2))).positions {
          let place = spatial.map { position[$0 + 2] * strides[$0] - pads[$0] + tap[$0] * dilations[$0] }
          guard spatial.allSatisfy({ (0..<x.shape[$0 + 2]).contains(place[$0]) }) else { continue }
          let first = position[1] / outputs * channels
          sum +=
            Double(source[[position[0], first + channel] + place]) * Double(weights[[position[1], channel] + tap])
        }
      }
      return Float(sum)
    }
  }

  @Test(arguments: Backends.all)
  func convolutionsFollowTheirFormula(backend: any Backend) throws {
    var generator = SeededGenerator(seed: 1)
    let shapes: [(Shape, Shape, Int)] = [
      ([2, 3, 6, 5], [4, 3, 3, 2], 1), ([1, 1, 7, 7], [1, 1, 1, 1], 1), ([2, 4, 6, 5], [4, 1, 3, 3], 4),
      ([2, 4, 7, 6], [8, 1, 2, 3], 4), ([2, 4, 7, 6], [6, 2, 2, 2], 2), ([2, 3, 9], [5, 3, 3], 1),
      ([2, 3, 9], [3, 1, 4], 3), ([1, 2, 3, 4, 3], [3, 2, 2, 2, 3], 1), ([1, 16, 4, 4], [16, 16, 2, 2], 1),
      ([1, 16, 5, 5], [16, 1, 3, 3], 16),
    ]
    for (source, weights, groups) in shapes {
      let rank = source.rank - 2
      for (stride, dilation, before, after) in [
        (1, 1, 0, 0), (2, 1, 1, 1), (1, 2, 2, 1), (3, 1, 0, 2), (2, 2, 1, 0), (1, 1, 4, 4),
      ] {
        if (0..<rank).contains(where: {
          (weights[$0 + 2] - 1) * dilation + 1 > source[$0 + 2] + before + after
        }) {
          continue
        }
        for hasBias in [false, true] {
          let (x, w) = (Tensor.random(source, &generator), Tensor.random(weights, &generator))
          let b = hasBias ? Tensor.random([weights[0]], &generator) : nil
          let strides = (0..<rank).map { $0 == 0 ? stride : 1 }
          let dilations = (0..<rank).map { $0 == rank - 1 ? dilation : 1 }
          let pads = (0..<rank).map { _ in before } + (0..<rank).map { _ in after }
          let expected = convolution(x, w, b, groups: groups, strides: strides, dilations: dilations, pads: pads)
          let actual = try run(
            Conv.name, [x, w, b],
            [
              "group": .int(Int64(groups)), "strides": .ints(strides.map(Int64.init)),
              "dilations": .ints(dilations.map(Int64.init)), "pads": .ints(pads.map(Int64.init)),
            ], on: backend)
          #expect(
            actual.distance(from: expected) < 1e-5,
            "\(source) \(weights) \(groups) \(stride) \(dilation) \(before) \(after)")
        }
      }
    }
  }

  @Test func paddingToTheSameSizeIsShared() throws {
    let x = Tensor(shape: [1, 1, 4], [1, 2, 3, 4] as [Float])
    let w = Tensor(shape: [1, 1, 2], [1, 10] as [Float])
    func padded(_ mode: String) throws -> [Float] {
      try run(Conv.name, [x, w], ["auto_pad": .string(mode)]).elements()
    }
    #expect(try padded("SAME_UPPER") == [21, 32, 43, 4])
    #expect(try padded("SAME_LOWER") == [10, 21, 32, 43])
    #expect(try padded("VALID") == [21, 32, 43])
    #expect(try padded("NOTSET") == [21, 32, 43])
  }

  private func parsed(_ example: OperatorCase) throws -> any Operator {
    try TypeInference(example.graph, feeds: example.inputs(seed: 1).mapValues { TensorType(of: $0) }).nodes[0].op
  }

  @Test func costsAreMultiplications() throws {
    func macs(_ shapes: [Shape], _ attributes: OrderedDictionary<String, Attribute> = [:]) throws -> Int {
      try parsed(OperatorCase(Conv.name, of: shapes, attributes)).cost.macs
    }
    #expect(try macs([[2, 3, 8, 8], [4, 3, 3, 3]]) == 2 * 4 * 6 * 6 * 3 * 9)
    #expect(try macs([[2, 3, 8, 8], [4, 3, 3, 3]], ["strides": .ints([2, 2])]) == 2 * 4 * 3 * 3 * 3 * 9)
    #expect(try macs([[1, 4, 8], [8, 1, 3], [8]], ["group": .int(4)]) == 8 * 6 * 3)
  }

  @Test func whatIsNotDepthwiseIsContracted() throws {
    func contractions(_ shapes: [Shape], groups: Int64) throws -> [Contraction] {
      let example = OperatorCase(Conv.name, of: shapes, ["group": .int(groups)])
      return try #require(try parsed(example).axes).contractions
    }
    let whole = try contractions([[1, 2, 3, 3], [4, 2, 1, 1], [4]], groups: 1)
    #expect(
      whole == [
        Contraction(
          activation: PortAxis(.input(0), 1), weight: PortAxis(.input(1), 1), outputAxis: PortAxis(.input(1), 0),
          bias: .input(2))
      ])
    #expect(try contractions([[1, 1, 3, 3], [1, 1, 1, 1]], groups: 1).count == 1)
    #expect(try contractions([[1, 2, 3, 3], [2, 1, 1, 1]], groups: 2).isEmpty)
    #expect(try contractions([[1, 4, 3, 3], [4, 2, 1, 1]], groups: 2).map(\.groups) == [2])
  }

  @Test func groupsFollowTheChannels() throws {
    let depthwise = OperatorCase(Conv.name, of: [[1, 3, 2, 2], [6, 1, 1, 1]], ["group": .int(3)])
    let inputs = depthwise.inputs(seed: 4)
    let small = [
      "x0": inputs["x0"]!.taking([0, 2], along: 1), "x1": inputs["x1"]!.taking([0, 1, 4, 5], along: 0),
    ]
    let kept = [
      PortAxis(.input(0), 1): [0, 2], PortAxis(.input(1), 0): [0, 1, 4, 5], PortAxis(.output(0), 1): [0, 1, 4, 5],
    ]
    let result = try depthwise.run(small, of: inputs, keeping: kept, on: ReferenceBackend())
    #expect(result[0] == (try depthwise.run(inputs, on: ReferenceBackend())[0].taking([0, 1, 4, 5], along: 1)))
  }
}
