package io.signalbox.worker;
