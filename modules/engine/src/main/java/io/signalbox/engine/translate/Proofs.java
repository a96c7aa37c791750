package io.signalbox.engine.translate;

import io.signalbox.core.admission.Proof;
import io.signalbox.events.AdmissionMethod;
import io.signalbox.events.AdmissionProof;
import io.signalbox.events.AdmissionVerdict;
import org.jspecify.annotations.Nullable;

/** What tests of deadlines found, as Avro. */
final class Proofs {
  private Proofs() {}

  static @Nullable AdmissionProof write(@Nullable Proof proof) {
    if (proof == null) {
      return null;
    }
    return AdmissionProof.newBuilder()
        .setVerdict(verdict(proof.verdict()))
        .setMethod(method(proof.method()))
        .setDeadline(EpochSeconds.instant(proof.deadline()))
        .setPredictedFinish(EpochSeconds.instantOrNull(proof.predictedFinish()))
        .setEarliestFeasibleDeadline(EpochSeconds.instantOrNull(proof.earliestFeasibleDeadline()))
        .setBottleneckClass(proof.bottleneckClass())
        .setMissingDevices(proof.missingDevices())
        .build();
  }

  private static AdmissionVerdict verdict(Proof.Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> AdmissionVerdict.ACCEPTED;
      case REJECTED -> AdmissionVerdict.REJECTED;
      case AT_RISK -> AdmissionVerdict.AT_RISK;
    };
  }

  private static AdmissionMethod method(Proof.Method method) {
    return switch (method) {
      case LOWER_BOUND -> AdmissionMethod.LOWER_BOUND;
      case TYPED_BOUND -> AdmissionMethod.TYPED_BOUND;
      case SIMULATION -> AdmissionMethod.SIMULATION;
    };
  }
}
