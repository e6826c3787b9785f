import EspalierOperators

extension ConvolutionGeometry {
  /// Calls `body` for every sample, output channel and input channel connected to it, with the offsets of their planes
  /// in X, W and Y.
  func forEachPlane(_ body: (_ source: Int, _ weights: Int, _ result: Int) -> Void) {
    let (inputs, taps, outputs) = (windows.inputCount, windows.kernelCount, windows.outputCount)
    for sample in 0..<batch {
      for output in 0..<outputChannels {
        let first = output / (outputChannels / groups) * channelsPerGroup
        for channel in 0..<channelsPerGroup {
          body(
            (sample * inputChannels + first + channel) * inputs, (output * channelsPerGroup + channel) * taps,
            (sample * outputChannels + output) * outputs)
        }
      }
    }
  }
}
