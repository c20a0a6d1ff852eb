# The emulator as a container: docker build -t whatsapp-emulator . && docker run -p 127.0.0.1:4080:4080 whatsapp-emulator
# Its control API asks for a token: that of -e WHATSAPP_EMULATOR_CONTROL_TOKEN=..., or one that it makes and prints.
FROM python:3.12-slim
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY emulator ./emulator
COPY fixtures ./fixtures
RUN pip install --no-cache-dir '.[faker]' && rm -rf /src
WORKDIR /home/emulator
RUN useradd --create-home --home-dir /home/emulator emulator && install -d -o emulator /data
USER emulator
VOLUME /data
EXPOSE 4080
# the names by which other containers and the host call it, beside localhost and IP addresses
ENV WHATSAPP_EMULATOR_SERVER_NAME="whatsapp-emulator host.docker.internal"
# asks for no token, and shows nothing of a sandbox
HEALTHCHECK --interval=5s --start-period=5s CMD whatsapp-emulator health
# the port is published by Docker on the host's terms; webhooks reach the host and other containers by private addresses
CMD ["whatsapp-emulator", "serve", "--host", "0.0.0.0", "--data", "/data"]
