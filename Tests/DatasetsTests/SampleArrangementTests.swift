import EspalierDatasets
import EspalierFiles
import EspalierTensors
import EspalierTestSupport
import Testing

/// Samples brought into the shapes that networks declare, or refused.
@Suite struct SampleArrangementTests {
  /// Samples as a kind of data gives them.
  private struct Samples: Dataset {
    var name = "samples"
    var inputs: Tensor
    var axes = SampleAxes.stored
    var classCount: Int? { nil }
    var count: Int { inputs.shape[0] }
    var sampleShape: Shape { Shape(Array(inputs.shape.dropFirst())) }

    init(_ shape: Shape, _ axes: SampleAxes = .stored) {
      inputs = Tensor(shape: shape, (0..<shape.elementCount).map { Float($0) })
      self.axes = axes
    }

    func samples(at indices: [Int]) throws(EspalierError) -> Batch {
      Batch(inputs.taking(indices, along: 0), labels: nil, indices: indices)
    }
  }

  private func arranged(
    _ samples: Samples, to dimensions: [Int?], layout: ImageLayout? = nil
  ) throws(EspalierError) -> Tensor {
    let input = DeclaredInput("x", dimensions: [nil] + dimensions, layout: layout)
    let adapter = try InputAdapter(samples, to: [input])
    let batch = try samples.samples(at: Array(0..<samples.count))
    #expect(adapter.types(count: samples.count)["x"]?.shape == adapter(batch)["x"]?.shape)
    return adapter(batch)["x"] ?? Tensor(scalar: Float(0))
  }

  private func refusal(_ samples: Samples, to dimensions: [Int?], layout: ImageLayout? = nil) -> EspalierError? {
    dataError { () throws(EspalierError) in try arranged(samples, to: dimensions, layout: layout) }
  }

  /// Every element of `moved` is where its axes say.
  private func expectChannelsLast(_ moved: Tensor, of samples: Samples) {
    let (own, other) = (samples.inputs.shape, moved.shape)
    #expect(other == [own[0], own[2], own[3], own[1]])
    let (source, target) = (samples.inputs.elements(as: Float.self), moved.elements(as: Float.self))
    for n in 0..<own[0] {
      for c in 0..<own[1] {
        for y in 0..<own[2] {
          for x in 0..<own[3] {
            #expect(
              target[((n * own[2] + y) * own[3] + x) * own[1] + c]
                == source[((n * own[1] + c) * own[2] + y) * own[3] + x])
          }
        }
      }
    }
  }

  @Test(arguments: [SampleAxes.image, .stored])
  func channelsAreMovedNotReshaped(_ axes: SampleAxes) throws {
    let samples = Samples([2, 3, 4, 5], axes)
    expectChannelsLast(try arranged(samples, to: [4, 5, 3]), of: samples)
    // Sizes that are open are told by those that are not.
    expectChannelsLast(try arranged(samples, to: [nil, nil, 3]), of: samples)
    #expect(try arranged(samples, to: [3, nil, nil]) == samples.inputs)
  }

  @Test func arraysWithChannelsLastFeedNetworksWithChannelsFirst() throws {
    let samples = Samples([2, 3, 4, 5])
    let saved = try arranged(samples, to: [4, 5, 3])
    var other = Samples([2, 4, 5, 3])
    other.inputs = saved
    #expect(try arranged(other, to: [3, 4, 5]) == samples.inputs)
  }

  @Test func whatMerelyHasAsManyNumbersIsRefused() {
    // Rows and columns exchanged, three colours laid flat, a table cut into planes, features that are no channels.
    let cases: [(Shape, [Int?])] = [
      ([2, 3, 4, 5], [3, 5, 4]), ([2, 3, 4, 4], [48]), ([2, 48], [3, 4, 4]), ([2, 6, 8], [8, 6]),
      ([2, 6, 8], [12, 4]),
      ([2, 10, 4, 5], [4, 5, 10]),
    ]
    for (shape, wanted) in cases {
      let error = refusal(Samples(shape), to: wanted)
      #expect(error?.remedy?.contains("save the samples as an array of shape N x") == true, "\(shape) to \(wanted)")
    }
    #expect(refusal(Samples([2, 3, 4, 4], .image), to: [48])?.remedy?.contains(",layout=nchw") == true)
  }

  @Test func oneReadingIsNoGuess() throws {
    // A grey image laid flat and back, and axes of size 1.
    for (shape, wanted) in [
      ([2, 1, 4, 5], [20]), ([2, 20], [1, 4, 5]), ([2, 4, 5], [1, 4, 5]), ([2, 1, 4, 5], [4, 5, 1]),
    ]
      as [(Shape, [Int])]
    {
      let samples = Samples(shape)
      #expect(try arranged(samples, to: wanted) == samples.inputs.reshaped(Shape([2] + wanted)))
    }
  }

  @Test func openSizesAreDecidedByWhatReadsThem() throws {
    let samples = Samples([2, 3, 4, 5], .image)
    #expect(try arranged(samples, to: [nil, nil, nil], layout: .channelsFirst) == samples.inputs)
    expectChannelsLast(try arranged(samples, to: [nil, nil, nil], layout: .channelsLast), of: samples)
    #expect(refusal(samples, to: [nil, nil, nil])?.remedy?.contains(",layout=") == true)
    // An array was made for the network.
    let array = Samples([2, 3, 4, 5])
    #expect(try arranged(array, to: [nil, nil, nil]) == array.inputs)
  }

  @Test func whatIsStatedStands() throws {
    let samples = Samples([2, 4, 5, 3], .stated)
    #expect(try arranged(samples, to: [60]) == samples.inputs.reshaped([2, 60]))
    #expect(refusal(samples, to: [3, 4, 5]) != nil)
  }

  @Test func imagesOfAnotherSizeAreToldTheSize() {
    #expect(refusal(Samples([2, 3, 4, 4], .image), to: [8, 8, 3])?.remedy == "add ,size=8")
    #expect(refusal(Samples([2, 3, 4, 4], .image), to: [3, nil, 8])?.remedy == "add ,size=8")
    #expect(refusal(Samples([2, 3, 4, 4], .image), to: [1, 8, 8])?.remedy == "give data of that shape")
  }
}
