package io.signalbox.devkit;
