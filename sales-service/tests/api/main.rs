//! Facts about sales-service, through the doors that its users use.

mod app;
mod clients;
mod documents;
mod events;
mod openapi;
mod requests;
mod stream;
