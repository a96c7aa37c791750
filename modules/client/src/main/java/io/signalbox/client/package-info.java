package io.signalbox.client;
